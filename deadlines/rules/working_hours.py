"""When people are reminded: on working days of England and Wales, from 7:00 to 19:00 in London.

Instants are aware and come back in UTC. The clocks change at night on a Sunday, so that every time
of day here comes once on its day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from deadlines.rules.working_days import (
    Holidays,
    is_working_day,
    last_working_day_before,
    working_days_after,
)
from house.clock import LONDON

OPENS, CLOSES = time(7), time(19)
MORNING = time(9)
# Nothing is planned later on a day: what is taken up then has gone before the day closes.
LAST = time(18, 45)


def at_time(day: date, at: time) -> datetime:
    return datetime.combine(day, at, LONDON).astimezone(UTC)


def morning_of(day: date) -> datetime:
    """09:00 in London on a day, as an instant in UTC."""
    return at_time(day, MORNING)


def is_open(at: datetime, holidays: Holidays) -> bool:
    """Whether people may be reminded at this moment."""
    local = at.astimezone(LONDON)
    return OPENS <= local.time() < CLOSES and is_working_day(local.date(), holidays)


def next_morning(at: datetime, holidays: Holidays) -> datetime:
    """The first working morning after a moment at which people are not reminded."""
    local = at.astimezone(LONDON)
    if local.time() < OPENS and is_working_day(local.date(), holidays):
        return morning_of(local.date())
    return morning_of(working_days_after(local.date(), 1, holidays))


def no_earlier(at: datetime, holidays: Holidays) -> datetime:
    """The moment itself, else the next working morning: of what is asked after a date."""
    fits = is_open(at, holidays) and at.astimezone(LONDON).time() <= LAST
    return at if fits else next_morning(at, holidays)


def no_later(
    at: datetime, holidays: Holidays, *, end_of_day: bool = False, until: datetime | None = None
) -> datetime:
    """The moment itself, else the nearest on its working day that is before `until`, else one on
    the working day before: its morning, or its last moment. Of what warns of a date."""
    local = at.astimezone(LONDON)
    if is_working_day(local.date(), holidays):
        there = at_time(local.date(), min(max(local.time(), OPENS), LAST))
        if until is None or there < until:
            return there
    before = last_working_day_before(local.date(), holidays)
    return at_time(before, LAST if end_of_day else MORNING)
