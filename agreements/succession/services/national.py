"""A list of successions for a national change: each row is judged, and all are carried out or none.

Only a system administrator brings one in, who has the order that it is made by.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from agreements.succession.judging import Judged, Line, judge
from agreements.succession.services.recording import confirm, prepare
from documents.spreadsheets import ROW, rows_from
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.models import Organisation
from parties.services.lists import ColumnOf, Row, Taken, at_most, must_have, read_all, text_of

OLD: Final[ColumnOf] = (
    "old", "old organisation", "old code", "predecessor", "predecessor code", "closes",
)  # fmt: skip
NEW: Final[ColumnOf] = (
    "new", "new organisation", "new code", "successor", "successor code", "takes over",
)  # fmt: skip
ON: Final[ColumnOf] = ("from", "date", "on", "effective date", "start date", "first day")
INSTRUMENT: Final[ColumnOf] = ("instrument", "by", "order", "legal instrument")
KNOWN: Final = {heading for each in (OLD, NEW, ON, INSTRUMENT) for heading in each}
# So many are carried out at one press; a national change has a hundred.
MOST_ROWS: Final = 300
NO_DATE: Final = "“{text}” is no date. Write it as 2022-07-01 or 1/7/2022."
WRONG: Final = "Some rows are not right any more. Upload the file again to see which."


def read_successions(file: UploadedFile) -> list[Line]:
    """Reads the file in a child process and writes nothing. Raises WrongRows, or Refused."""
    rows = rows_from(file, KNOWN)
    if len(rows) > MOST_ROWS:
        raise Refused(f"This list has more than {MOST_ROWS} rows. Split it, and upload the parts.")
    must_have(rows, (OLD, NEW, ON, INSTRUMENT))
    return read_all(rows, _line)


def carry_out(*, by: Acting, lines: Sequence[Line]) -> Taken:
    """All of them, or none: Raises Refused where a row is not right."""
    if not by.user.is_superuser:
        raise NotYours("Only a system administrator may bring in a list of successions.")
    with transaction.atomic():
        _lock_all(judge(lines))
        judged = judge(lines)
        if any(each.problem for each in judged):
            raise Refused(WRONG)
        batch, new = uuid.uuid4(), [each for each in judged if not each.is_known]
        for each in sorted(new, key=attrgetter("on")):
            _carry_out_one(by, each, batch)
    return Taken(new=len(new), known=len(judged) - len(new))


def _carry_out_one(by: Acting, row: Judged, batch: uuid.UUID) -> None:
    assert row.old  # noqa: S101 - the row has no problem
    assert row.new  # noqa: S101
    made = prepare(
        by=by, old=row.old, new=row.new, on=row.on, instrument=row.line.instrument, batch=batch
    )
    confirm(by=by, succession=made)


def _lock_all(judged: Iterable[Judged]) -> None:
    """In one order, before the first of them is carried out."""
    pks = {each.pk for row in judged for each in (row.old, row.new) if each}
    list(Organisation.objects.filter(pk__in=pks).order_by("pk").select_for_update(no_key=True))


def _line(row: Row) -> Line:
    return Line(
        int(row[ROW]),
        at_most(text_of(row, OLD), 200, what="old organisation"),
        at_most(text_of(row, NEW), 200, what="new organisation"),
        _day(text_of(row, ON)).isoformat(),
        at_most(text_of(row, INSTRUMENT), 200, what="instrument"),
    )


def _day(text: str) -> date:
    """As Excel has it, or as people in England write it."""
    try:
        if found := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        return date.fromisoformat(text[:10])
    except ValueError:
        raise Refused(NO_DATE.format(text=text)) from None
