"""Periods that follow one another: months, quarters and years, counted from a day.

They are runs of London calendar days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from house.clock import months_after

ONE_DAY = timedelta(days=1)
# In months.
YEAR = 12


@dataclass(frozen=True, order=True)
class Period:
    """A run of days, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def period_of(day: date, start: date, months: int) -> Period:
    """The period of so many months, counted from `start`, in which the day lies.

    The anniversary of 29 February is 28 February; a start on the 31st begins each shorter month's
    period on its last day. Raises ValueError for a day before the start.
    """
    if day < start:
        raise ValueError("Nothing was counted before the start.")
    # At most one too many, where the day number has not come yet in its month.
    number = ((day.year - start.year) * 12 + day.month - start.month) // months
    if months_after(start, months * number) > day:
        number -= 1
    return numbered(number, start, months)


def numbered(number: int, start: date, months: int) -> Period:
    """The period with this number, from 0 on."""
    first = months_after(start, months * number)
    return Period(first, months_after(start, months * (number + 1)) - ONE_DAY)


def before(period: Period, start: date, months: int) -> Period | None:
    """The period before this one; None for the first."""
    return period_of(period.first - ONE_DAY, start, months) if period.first > start else None
