"""The one clock, and dates by months. Instants are aware and in UTC; calendar days are London's.

Nothing else in the portal asks what time it is, so that a test, a simulated year or a command
with `--at` can set it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")

_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _set_to.get() or timezone.now()


def today() -> date:
    """The calendar day in London, which near midnight in summer is not the day in UTC."""
    return london_day(now())


def london_day(instant: datetime) -> date:
    """The London calendar day on which an aware instant falls."""
    return instant.astimezone(LONDON).date()


def london_instant(day: date, at: time) -> datetime:
    """The instant of a London day and time, in UTC; of a time that comes twice, the first.

    Raises ValueError for a time that the change to summer time leaves out.
    """
    instant = datetime.combine(day, at, LONDON).astimezone(UTC)
    if instant.astimezone(LONDON).replace(tzinfo=None) != datetime.combine(day, at):
        raise ValueError("The clocks go forward over this time.")
    return instant


def end_of(day: date) -> datetime:
    """The instant at which a London day is over, in UTC: the first of the day after it."""
    return london_instant(day + timedelta(days=1), time(0))


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Sets the clock for the block. Raises ValueError for an instant without a time zone."""
    if instant.tzinfo is None:
        raise ValueError("The clock needs an instant with a time zone.")
    token = _set_to.set(instant)
    try:
        yield
    finally:
        _set_to.reset(token)


def months_after(day: date, months: int) -> date:
    """The same day number `months` later, or that month's last day where it has no such day.

    So the anniversary of 29 February is 28 February, and "one month" from 31 January is the
    last day of February.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
