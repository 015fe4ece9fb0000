"""Ordinary days, for tests that let time pass from today on: reminders go on working days."""

from __future__ import annotations

from datetime import date, timedelta

from deadlines.holidays import bank_holidays
from deadlines.rules.working_days import is_working_day, working_days_after

ONE_DAY = timedelta(days=1)


def working_day(day: date) -> date:
    """The day itself, or the next on which people work."""
    days = bank_holidays()
    return day if is_working_day(day, days) else working_days_after(day, 1, days)


def ordinary_day(after: date, *around: int) -> date:
    """The first day from then on that is a working day, as are those so many days from it."""
    days = bank_holidays()
    while not all(is_working_day(after + ONE_DAY * each, days) for each in (0, *around)):
        after += ONE_DAY
    return after
