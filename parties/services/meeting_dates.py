"""Dates of meetings as people type, paste and upload them: one meeting to a line (X11)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from django.core.files.uploadedfile import UploadedFile

from documents.calendars import days_from
from documents.spreadsheets import cells_from
from house import clock
from house.clock import months_after
from house.refusals import Refused
from nhsuk.dates import MONTHS, day
from parties.services.lists import WrongRows

# Dates go back or forward no further; a body meets at most so often in what is kept of it.
YEARS: Final = 5
MOST: Final = 400
_MONTHS: Final = {month[:3].lower(): number for number, month in enumerate(MONTHS, start=1)}
_NAMED: Final = "|".join(_MONTHS)
_FORMS: Final = (
    # 2014-08-06, and as Excel has it with a time behind.
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)\b"),
    # 6/8/2014, 06.08.14, 6-8-2014: the day first, as in England.
    re.compile(r"\b(?P<day>\d\d?)[/.-](?P<month>\d\d?)[/.-](?P<year>\d{4}|\d\d)\b"),
    # 6 August 2014, 6th Aug 14, 6-Aug-2014
    re.compile(
        rf"\b(?P<day>\d\d?)(?:st|nd|rd|th)?(?: of)?[ -]+(?P<name>{_NAMED})[a-z]*\.?,?[ -]+"
        r"(?P<year>\d{4}|\d\d)\b", re.IGNORECASE,
    ),
    # August 6, 2014
    re.compile(
        rf"\b(?P<name>{_NAMED})[a-z]*\.? (?P<day>\d\d?)(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b",
        re.IGNORECASE,
    ),
)  # fmt: skip


class MeetingLine(NamedTuple):
    """A day on which a body meets, and the last day for its papers where the line has one."""

    on: date
    papers_by: date | None


def read_lines(lines: Iterable[str]) -> list[MeetingLine]:
    """The meetings in order. Of two dates on a line the earlier one is the day for papers.

    Lines without a figure say nothing. Raises WrongRows for all that cannot be understood.
    """
    good: dict[date, MeetingLine] = {}
    wrong = []
    for number, line in enumerate(lines, start=1):
        if not any(letter.isdigit() for letter in line):
            continue
        try:
            read = _read(line)
        except Refused as refusal:
            wrong.append(f"Line {number}: {refusal.sentence}")
            continue
        good[read.on] = read
    if wrong:
        raise WrongRows(wrong)
    if len(good) > MOST:
        raise Refused(f"These are more than {MOST} meetings. Enter those of the next years alone.")
    return sorted(good.values())


def read_typed(text: str) -> list[MeetingLine]:
    return read_lines(text.splitlines())


def read_file(upload: UploadedFile) -> list[MeetingLine]:
    """Of an Excel workbook or CSV each row is a line, of a calendar each event. Raises Refused."""
    name = (upload.name or "").lower()
    if name.endswith((".ics", ".ical")):
        today = clock.today()
        days = days_from(upload, until=months_after(today, 12 * YEARS))
        return [MeetingLine(on, None) for on in days if on >= today][:MOST]
    if name.endswith((".xlsx", ".csv", ".txt", ".tsv")):
        return read_lines(" \t ".join(row) for row in cells_from(upload))
    raise Refused("This file is no calendar (.ics), Excel workbook (.xlsx) or CSV file.")


def _read(line: str) -> MeetingLine:
    found = list(dict.fromkeys(dates_in(line)))
    if not found:
        raise Refused(f"“{_short(line)}” has no date with its year, such as 6 August 2014.")
    if len(found) > 2:
        raise Refused(f"“{_short(line)}” has more than two dates. Give each meeting a line.")
    on, papers_by = max(found), min(found) if len(found) == 2 else None
    _check_near(on)
    return MeetingLine(on, papers_by)


def _check_near(on: date) -> None:
    today = clock.today()
    if not months_after(today, -12 * YEARS) <= on <= months_after(today, 12 * YEARS):
        raise Refused(f"{day(on)} is more than {YEARS} years away. Check the year.")


def dates_in(line: str) -> Iterator[date]:
    """The dates of a line, as people write them with their year, in its order. What one form has
    read no other reads again. Raises Refused for a day that is none."""
    hits: list[tuple[int, date]] = []
    for form in _FORMS:
        for hit in form.finditer(line):
            hits.append((hit.start(), _date(hit.groupdict())))
        line = form.sub(lambda hit: " " * len(hit.group()), line)
    yield from (on for _, on in sorted(hits))


def _date(parts: dict[str, str | None]) -> date:
    year = int(parts["year"] or 0)
    month = _MONTHS[parts["name"][:3].lower()] if parts.get("name") else int(parts["month"] or 0)  # type: ignore[index]
    try:
        return date(year + 2000 if year < 100 else year, month, int(parts["day"] or 0))
    except ValueError:
        said = f"{parts['day']}/{month}/{year}"
        raise Refused(f"{said} is no day of the calendar.") from None


def _short(line: str) -> str:
    text = " ".join(line.split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def as_data(lines: Sequence[MeetingLine]) -> list[tuple[str, str]]:
    """As JSON holds them, while somebody looks at what was understood."""
    return [(a.on.isoformat(), a.papers_by.isoformat() if a.papers_by else "") for a in lines]


def from_data(data: Iterable[Sequence[str]]) -> list[MeetingLine]:
    return [
        MeetingLine(date.fromisoformat(on), date.fromisoformat(by) if by else None)
        for on, by in data
    ]
