"""Moments before and after a deadline at which people are told.

An offset is a short name, kept with the deadline:

    days:-30    thirty days before its day, at 09:00 in London; days:0 on the day
    hours:-1    one clock hour before its instant, to the minute; hours:0 at it
    working:-2  two working days before its day, at 09:00 in London
    months:+1   one month after its day, at 09:00 in London
    since:+7    seven days after it began to wait, at 09:00 in London
    weeks:-1    09:00 on the first working day of the week before its own; weeks:0 of its own
    eve         09:00 on the last working day before, where its own day is no working day
    monthly     after the last of them one more each month, until it is closed

People are told in working hours. What falls outside goes before where it warns of a date, after
where it asks for what is past. `hours:0` alone is to the minute, whatever the hour (record 0031).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter

from deadlines.rules.working_days import (
    Holidays,
    is_working_day,
    last_working_day_before,
    working_days_after,
    working_days_before,
)
from deadlines.rules.working_hours import morning_of, no_earlier, no_later
from house.clock import london_day, months_after
from nhsuk.words import plural

MONTHLY = "monthly"
WORKING = "working"
EXACT = "hours:0"
# A sweep runs each minute; a reminder that goes so long after its moment is late, and says so.
LATE = timedelta(hours=2)
# A warning so many hours ahead is one of the day before: it leaves a working day, not an evening.
A_DAY = 24


def counts_hours(offset: str) -> bool:
    """Whether hours matter to it, so that it waits for nothing."""
    return offset.startswith("hours")


@dataclass(frozen=True)
class Due:
    """The dates of a deadline, from which its reminders follow. `at` and `since` are aware."""

    on: date | None
    at: datetime | None
    since: datetime


def counted(offset: str, due: Due, holidays: Holidays) -> datetime | None:
    """The moment that an offset names, in UTC, whatever the hour; None where the deadline has no
    date that it could count from.

    Raises ValueError for a name that is no offset.
    """
    unit, _, number = offset.partition(":")
    if unit == "since":
        return morning_of(london_day(due.since) + timedelta(days=int(number)))
    if unit == "hours":
        return due.at.astimezone(UTC) + timedelta(hours=int(number)) if due.at else None
    if unit not in {"days", "weeks", "working", "months", "eve"}:
        raise ValueError(f"{offset!r} is no offset of a reminder.")
    if due.on is None or (unit == "eve" and is_working_day(due.on, holidays)):
        return None
    return morning_of(_day(unit, int(number or 0), due.on, holidays))


def _day(unit: str, number: int, on: date, holidays: Holidays) -> date:
    """The day of a unit that counts from a day."""
    if unit == "days":
        return on + timedelta(days=number)
    if unit == "weeks":
        return on + timedelta(weeks=number, days=-on.weekday())
    if unit == "months":
        return months_after(on, number)
    if unit == "eve":
        return last_working_day_before(on, holidays)
    if number < 0:
        return working_days_before(on, -number, holidays)
    return working_days_after(on, number, holidays)


def moment(offset: str, due: Due, holidays: Holidays) -> datetime | None:
    """When the reminder goes: in working hours, but for `hours:0`."""
    at = counted(offset, due, holidays)
    if at is None or offset == EXACT:
        return at
    unit, _, number = offset.partition(":")
    if unit == "weeks":
        return no_earlier(at, holidays)
    if unit == "eve" or (unit != "since" and int(number) <= 0):
        if unit != "hours":
            return no_later(at, holidays)
        return no_later(at, holidays, end_of_day=int(number) > -A_DAY, until=due.at)
    return no_earlier(at, holidays)


def moments(schedule: Iterable[str], due: Due, holidays: Holidays) -> dict[str, datetime]:
    """Offset -> when it goes, in the order of the moments that they name.

    What has no moment is left out; `monthly` comes later by itself. None goes before one that
    names an earlier moment: those that meet are told once.
    """
    offsets = [offset for offset in schedule if offset != MONTHLY]
    named = [(counted(each, due, holidays), moment(each, due, holidays), each) for each in offsets]
    known = [(first, at, each) for first, at, each in named if first and at]
    found: dict[str, datetime] = {}
    latest = datetime.min.replace(tzinfo=UTC)
    for _, at, offset in sorted(known, key=itemgetter(0)):
        if offset != EXACT:
            at = latest = max(at, latest)
        found[offset] = at
    return found


def next_monthly(due: Due, after: datetime, holidays: Holidays) -> tuple[str, datetime]:
    """The first whole number of months after the day that goes later than `after`."""
    assert due.on is not None  # noqa: S101 - only deadlines with a day repeat
    number = 1
    while (at := no_earlier(morning_of(months_after(due.on, number)), holidays)) <= after:
        number += 1
    return f"months:+{number}", at


def was_moved(offset: str, due: Due, send_at: datetime, holidays: Holidays) -> bool:
    """Whether a reminder goes on another day than its offset names, because nobody works then."""
    at = counted(offset, due, holidays)
    if at is None or london_day(at) == london_day(send_at):
        return False
    return moment(offset, due, holidays) == send_at


def in_words(offset: str) -> str:
    """ "30 days before", "on the day", "1 hour before", "7 days after it began to wait"."""
    unit, _, text = offset.partition(":")
    if unit == "weeks":
        return _week_in_words(int(text))
    if unit in {"eve", MONTHLY}:
        return {"eve": "the last working day before", MONTHLY: "each month after"}[unit]
    number = int(text)
    if number == 0:
        return {"hours": "at its time", "since": "when it began to wait"}.get(unit, "on the day")
    units = {"hours": "hour", "months": "month", WORKING: "working day"}
    span = plural(abs(number), units.get(unit, "day"))
    if unit == "since":
        return f"{span} after it began to wait"
    return f"{span} {'before' if number < 0 else 'after'}"


def _week_in_words(number: int) -> str:
    """ "at the beginning of the week 2 weeks after": all of a week is told at once."""
    if number == 0:
        return "at the beginning of its week"
    weeks = plural(abs(number), "week")
    return f"at the beginning of the week {weeks} {'before' if number < 0 else 'after'}"
