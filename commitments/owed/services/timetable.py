"""The timetable of a commitment: for which days it is owed by when, all lines or none (B09)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from commitments.models import Commitment, DueDate
from commitments.owed.reading import counting_of
from commitments.owed.services.due import keep_due
from commitments.owed.services.locking import locked, note, require_running
from commitments.rules import require_recorder
from deadlines.rules.periods import Period
from documents.spreadsheets import cells_from
from house import clock
from house.refusals import Refused
from nhsuk.dates import day
from parties.acting import Acting
from parties.services.lists import WrongRows
from parties.services.meeting_dates import dates_in

MOST: Final = 400


class TimetableLine(NamedTuple):
    """For which days, and by when."""

    first: date
    last: date
    due_on: date


def keep_timetable(*, by: Acting, commitment: Commitment, lines: Sequence[TimetableLine]) -> int:
    """The days of the commitment from now on: what is due after today follows these lines, and what
    was due until today stays as it was. Returns how many lines were kept."""
    require_recorder(by, commitment.agreement)
    if not lines:
        raise Refused("There is no line in this. Give each period a line with its days.")
    with transaction.atomic():
        current = locked(commitment)
        require_running(current)
        if not current.by_timetable:
            raise Refused("This commitment does not go by a timetable.")
        past = _past(current)
        new = [line for line in lines if line.first not in past]
        current.due_dates.exclude(first__in=past).delete()
        DueDate.objects.bulk_create(DueDate(commitment=current, **line._asdict()) for line in new)
        keep_due(current)
        note(by, current, "timetable_kept", many=len(new))
    return len(new)


def _past(commitment: Commitment) -> set[date]:
    """The first days of lines that stay: due by today, or recorded already."""
    lines = commitment.due_dates.filter(due_on__lte=clock.today())
    said = commitment.occurrences.that_count().values_list("first", flat=True)
    return {*lines.values_list("first", flat=True), *said}


def lines_from(upload: UploadedFile, commitment: Commitment) -> list[TimetableLine]:
    """Those of an Excel workbook or a CSV file. Raises Refused."""
    return read_lines((" \t ".join(row) for row in cells_from(upload)), commitment)


def read_lines(lines: Iterable[str], commitment: Commitment) -> list[TimetableLine]:
    """The lines in order: three dates say the first day, the last day and the day due; two a day of
    the period and the day due.

    Lines without a figure, such as headings, say nothing. Raises WrongRows for all that are wrong.
    """
    found: dict[date, TimetableLine] = {}
    wrong = []
    for number, line in enumerate(lines, start=1):
        if not any(letter.isdigit() for letter in line):
            continue
        try:
            read = _read(line, commitment)
            if read.first in found:
                raise Refused(f"The period from {day(read.first)} has two lines.")
            found[read.first] = read
        except Refused as refusal:
            wrong.append(f"Line {number}: {refusal.sentence}")
    if wrong:
        raise WrongRows(wrong)
    if len(found) > MOST:
        raise Refused(f"These are more than {MOST} lines. Enter those of the next years alone.")
    return sorted(found.values())


def _read(line: str, commitment: Commitment) -> TimetableLine:
    days = list(dates_in(line))
    if len(days) == 2:
        period = _period_with(days[0], commitment)
        return TimetableLine(period.first, period.last, days[1])
    if len(days) != 3:
        raise Refused("Give it two or three dates: of its period, then the day on which it is due.")
    if days[1] < days[0]:
        raise Refused(f"{day(days[1])} is before {day(days[0])}.")
    return TimetableLine(*days)


def _period_with(on: date, commitment: Commitment) -> Period:
    """The month, quarter or year in which the day lies."""
    found = counting_of(commitment, ()).period_with(on)
    if found is None:
        raise Refused(f"{day(on)} is before the agreement began.")
    return found
