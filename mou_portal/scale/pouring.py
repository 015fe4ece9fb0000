"""Filling in sheets, and pouring the rows into the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO
from typing import Any

from django.db import connection

from mou_portal.scale.blanks import Blank
from mou_portal.scale.numbers import Table, mention
from mou_portal.scale.sheets import Sheet

Numbers = dict[int, int]


@dataclass(frozen=True)
class Organisation:
    """One that was poured: its town, and the first number of its rows in each table."""

    town: str
    first: Numbers


@dataclass(frozen=True)
class Copy:
    """What one copy has in its blanks: its running number, its parties by unit, its dates."""

    number: int
    parties: dict[int, Organisation]
    days: dict[Blank, str] = field(default_factory=dict)


@dataclass
class Pourer:
    """Gives each row its number, and keeps what is filled in until it is poured."""

    tables: Sequence[Table]
    world: dict[int, Sheet] = field(default_factory=dict)
    said: set[tuple[Table, str]] = field(default_factory=set)

    @cached_property
    def following(self) -> Numbers:
        """The number that each table's next row gets."""
        with connection.cursor() as cursor:
            found = {}
            for table in self.tables:
                cursor.execute(f"SELECT coalesce(max({table.key}), 0) FROM {table.name}")  # noqa: S608
                found[table.place] = cursor.fetchone()[0] + 1
            return found

    @cached_property
    def filled_in(self) -> dict[Table, StringIO]:
        return {table: StringIO() for table in self.tables}

    def fill_in(self, sheet: Sheet, copy: Copy) -> Numbers:
        """Writes one copy; returns the first number of its rows in each table."""
        first = {table: self.following[table] for table in sheet.sizes}
        values: list[Any] = []
        for table, size in sheet.sizes.items():
            values.extend(range(first[table], first[table] + size))
            self.following[table] += size
        others: dict[Blank, Any] = dict(copy.days)
        for blank in sheet.others:
            if blank not in others:
                others[blank] = self._value(sheet, copy, blank, others)
            values.append(others[blank])
        for table_of, pattern, pick in sheet.fills:
            self.filled_in[table_of].write(pattern % pick(values))
        for table_of, text in sheet.shared:
            self._fill_in_once(table_of, text.fill(others))
        return first

    def _fill_in_once(self, table: Table, said: str) -> None:
        """A row that several agreements have in common gets its number when it is first said."""
        if (table, said) not in self.said:
            self.said.add((table, said))
            self.filled_in[table].write(f"{self.following[table.place]}\t{said}")
            self.following[table.place] += 1

    def _value(self, sheet: Sheet, copy: Copy, blank: Blank, known: dict[Blank, Any]) -> Any:
        if blank.kind == "number":
            found = mention(blank.text)
            party = copy.parties[found.unit]
            return party.first[found.table] + self.world[found.unit].ranks[found]
        if blank.kind == "name":
            return _name(copy, blank)
        if blank.kind == "hash":
            for name in sheet.names:
                known[name] = _name(copy, name)
            return sheet.hash_of(blank, known)
        if blank.kind == "key":
            return key_of_copy(blank.text, copy)
        if blank.kind in ("day", "long_day"):
            return blank.text
        return f"{blank.text[:4]}{copy.number:04d}"

    def pour(self) -> None:
        """Empties what was filled in into the tables, in their order."""
        with connection.cursor() as cursor:
            for table, text in self.filled_in.items():
                if text.tell():
                    text.seek(0)
                    cursor.copy_expert(f"COPY {table.name} FROM STDIN", text)
        del self.filled_in


def key_of_copy(key: str, copy: Copy) -> str:
    """The copy's own key in place of the pattern's: of a file, a form, an e-mail."""
    return f"{key[:-12]}{copy.number:012x}"


def _name(copy: Copy, blank: Blank) -> str:
    """The town in place of the pattern's word, in small letters where that is."""
    unit = ord(blank.text[-1]) - ord("a") + 1
    town = copy.parties[unit].town
    return town if blank.text[0].isupper() else town.lower()
