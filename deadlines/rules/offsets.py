"""Moments before and after a deadline at which people are told.

An offset is a short name, kept with the deadline:

    days:-30    thirty days before its day, at 09:00 in London; days:0 on the day
    hours:-1    one clock hour before its instant, to the minute; hours:0 at it
    months:+1   one month after its day, at 09:00 in London
    since:+7    seven days after it began to wait, at 09:00 in London
    eve         09:00 on the last working day before, where its own day is no working day
    monthly     after the last of them one more each month, until it is closed
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from deadlines.rules.working_days import Holidays, is_working_day, last_working_day_before
from house.clock import LONDON, london_day, months_after
from nhsuk.words import plural

MORNING = time(9)
MONTHLY = "monthly"


@dataclass(frozen=True)
class Due:
    """The dates of a deadline, from which its reminders follow. `at` and `since` are aware."""

    on: date | None
    at: datetime | None
    since: datetime


def morning_of(day: date) -> datetime:
    """09:00 in London on a day, as an instant in UTC."""
    return datetime.combine(day, MORNING, LONDON).astimezone(UTC)


def moment(offset: str, due: Due, holidays: Holidays) -> datetime | None:
    """When the reminder goes, in UTC; None where the deadline has no date that it could count from.

    Raises ValueError for a name that is no offset.
    """
    unit, _, number = offset.partition(":")
    if unit == "since":
        return morning_of(london_day(due.since) + timedelta(days=int(number)))
    if unit == "hours":
        return due.at.astimezone(UTC) + timedelta(hours=int(number)) if due.at else None
    if unit not in {"days", "months", "eve"}:
        raise ValueError(f"{offset!r} is no offset of a reminder.")
    if due.on is None:
        return None
    if unit == "days":
        return morning_of(due.on + timedelta(days=int(number)))
    if unit == "months":
        return morning_of(months_after(due.on, int(number)))
    if is_working_day(due.on, holidays):
        return None
    return morning_of(last_working_day_before(due.on, holidays))


def moments(schedule: Iterable[str], due: Due, holidays: Holidays) -> dict[str, datetime]:
    """Offset -> when it goes. What has no moment is left out; `monthly` comes later by itself."""
    found = {offset: moment(offset, due, holidays) for offset in schedule if offset != MONTHLY}
    return {offset: at for offset, at in found.items() if at is not None}


def next_monthly(due: Due, after: datetime) -> tuple[str, datetime]:
    """The first whole number of months after the day that is later than `after`."""
    assert due.on is not None  # noqa: S101 - only deadlines with a day repeat
    number = 1
    while morning_of(months_after(due.on, number)) <= after:
        number += 1
    return f"months:+{number}", morning_of(months_after(due.on, number))


def in_words(offset: str) -> str:
    """ "30 days before", "on the day", "1 hour before", "7 days after it began to wait"."""
    unit, _, text = offset.partition(":")
    if unit in {"eve", MONTHLY}:
        return {"eve": "the last working day before", MONTHLY: "each month after"}[unit]
    number = int(text)
    if number == 0:
        return {"hours": "at its time", "since": "when it began to wait"}.get(unit, "on the day")
    span = plural(abs(number), {"hours": "hour", "months": "month"}.get(unit, "day"))
    if unit == "since":
        return f"{span} after it began to wait"
    return f"{span} {'before' if number < 0 else 'after'}"
