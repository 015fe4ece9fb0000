"""Dates that follow from other dates by months. All are London calendar days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day number `months` later, or that month's last day where it has no such day.

    So the anniversary of 29 February is 28 February, and "one month" from 31 January is the
    last day of February.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
