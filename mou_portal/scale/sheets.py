"""A pattern's rows as sheets to fill in: for each table a text for COPY with blanks in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from io import StringIO
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection

from documents.models import Rendering, StoredFile
from house import clock
from mou_portal.scale.blanks import Blank, blanks_in, day_of, moved
from mou_portal.scale.numbers import MOST_ROWS, Mention, Table, mention

_FILES = StoredFile._meta.db_table
# Kept by the hash of what went in, which a copy has its own of: made when it is asked for.
_MADE_ANEW = Rendering._meta.db_table


@dataclass(frozen=True)
class Text:
    """A text with blanks: `pattern % pick(values)`."""

    pattern: str
    blanks: tuple[Blank, ...]

    def fill(self, values: Mapping[Blank, Any]) -> str:
        return self.pattern % tuple(values[blank] for blank in self.blanks)


def text_of(raw: str) -> Text:
    pieces = list(blanks_in(raw))
    pattern = "".join(
        piece.replace("%", "%%") if isinstance(piece, str) else "%s" for piece in pieces
    )
    return Text(pattern, tuple(piece for piece in pieces if isinstance(piece, Blank)))


@dataclass
class Sheet:
    """All rows of one unit. `hashed` has the content behind each hash that holds names.

    `shared` are rows about other units alone, without their own numbers: which organisations have
    agreements with each other is said once, however many there are.
    """

    unit: int
    rows: dict[Table, list[Text]] = field(default_factory=dict)
    shared: list[tuple[Table, Text]] = field(default_factory=list)
    hashed: dict[str, Text] = field(default_factory=dict)

    @cached_property
    def blanks(self) -> list[Blank]:
        """Each once, those of the unit's own rows first, in the order of table and row."""
        every = {blank for texts in self.rows.values() for text in texts for blank in text.blanks}
        every |= {blank for _, text in self.shared for blank in text.blanks}
        every |= {blank for text in self.hashed.values() for blank in text.blanks}
        return sorted(every, key=self._order)

    def _order(self, blank: Blank) -> tuple[bool, str, str]:
        return (self.own(blank) is None, blank.kind, blank.text)

    def own(self, blank: Blank) -> Mention | None:
        """The row of this unit that the blank means."""
        if blank.kind != "number":
            return None
        found = mention(blank.text)
        return found if found.unit == self.unit else None

    def is_of_a_copy(self, blank: Blank) -> bool:
        """Whether each copy has something else here, though its parties were the same."""
        return blank.kind in ("key", "reference") or self.own(blank) is not None

    @cached_property
    def sizes(self) -> dict[int, int]:
        """How many numbers of each table a copy takes."""
        sizes: dict[int, int] = {}
        for blank in self.blanks:
            if found := self.own(blank):
                sizes[found.table] = sizes.get(found.table, 0) + 1
        return sizes

    @cached_property
    def ranks(self) -> dict[Mention, int]:
        """The place of each row among the unit's rows of its table."""
        ranks: dict[Mention, int] = {}
        counted: dict[int, int] = {}
        for found in filter(None, map(self.own, self.blanks)):
            ranks[found] = counted.get(found.table, 0)
            counted[found.table] = ranks[found] + 1
        return ranks

    @cached_property
    def others(self) -> list[Blank]:
        """The blanks that are no rows of this unit, in order."""
        return [blank for blank in self.blanks if self.own(blank) is None]

    @cached_property
    def names(self) -> list[Blank]:
        return [blank for blank in self.others if blank.kind == "name"]

    @cached_property
    def files(self) -> list[UUID]:
        """The keys of the files that the rows speak of."""
        texts = (
            text for table, texts in self.rows.items() if table.name == _FILES for text in texts
        )
        return [UUID(b.text) for text in texts for b in text.blanks if b.kind == "key"]

    @cached_property
    def fills(self) -> list[tuple[Table, str, Callable[[list[Any]], Any]]]:
        """For each table its pattern, and which of the values go into it."""
        place = {blank: number for number, blank in enumerate(self.blanks)}
        found: list[tuple[Table, str, Callable[[list[Any]], Any]]] = []
        for table, texts in self.rows.items():
            wanted = [place[blank] for text in texts for blank in text.blanks]
            found.append((table, "".join(text.pattern for text in texts), itemgetter(*wanted)))
        return found

    @cached_property
    def dated(self) -> list[Blank]:
        """The days, but for today: what was written on the day of making stays there."""
        found = (blank for blank in self.others if blank.kind in ("day", "long_day"))
        return [blank for blank in found if day_of(blank) != clock.today()]

    def weeks(self) -> range:
        """By how many weeks a copy can be earlier or later, and today stand between the same days.

        What was done stays in the past, and what is due next is due still.
        """
        away = [(day_of(blank) - clock.today()).days for blank in self.dated]
        last, following = max(d for d in away if d < 0), min((d for d in away if d > 0), default=8)
        return range(-((following - 1) // 7), (-last - 1) // 7 + 1)

    def days(self, weeks: int) -> dict[Blank, str]:
        return {blank: moved(blank, weeks) for blank in self.dated}

    def hash_of(self, blank: Blank, values: Mapping[Blank, Any]) -> str:
        """Of a text that a copy has its own names in; other hashes stay what they are."""
        content = self.hashed.get(blank.text)
        return sha256(content.fill(values).encode()).hexdigest() if content else blank.text


def read_sheet(unit: int, tables: Iterable[Table], hashed: Mapping[str, str]) -> Sheet:
    """The unit's rows as the database has them now; `hashed` is hash -> canonical content."""
    sheet = Sheet(unit, hashed={digest: text_of(content) for digest, content in hashed.items()})
    copied = (table for table in tables if table.name != _MADE_ANEW)
    rows = {table: [text_of(row) for row in _rows(table, unit)] for table in copied}
    mentions = Counter(blank for texts in rows.values() for text in texts for blank in text.blanks)
    for table, texts in rows.items():
        for text in texts:
            number, *others = text.blanks
            named = [blank for blank in others if blank.kind not in ("day", "long_day")]
            if mentions[number] > 1 or any(map(sheet.is_of_a_copy, named)):
                sheet.rows.setdefault(table, []).append(text)
            elif named:
                sheet.shared.append((table, Text(text.pattern.partition("\t")[2], tuple(others))))
            # What names nothing, and nothing names, is the portal's: when the last sweep ran.
    return sheet


def _rows(table: Table, unit: int) -> list[str]:
    first, out = table.first_of(unit), StringIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY (SELECT * FROM {table.name} WHERE {table.key} >= {first} "  # noqa: S608
            f"AND {table.key} < {first + MOST_ROWS} ORDER BY {table.key}) TO STDOUT",
            out,
        )
    return out.getvalue().splitlines(keepends=True)
