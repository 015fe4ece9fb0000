"""How far a day is, in words that are not longer than needed."""

from __future__ import annotations

from datetime import date

from deadlines.rules.working_days import Holidays, working_days_between
from nhsuk.words import plural

# From here on people count in months, not in days.
FAR = 2


def distance(to: date, today: date, holidays: Holidays) -> str:
    """ "today", "tomorrow", "in 3 working days", "in 9 months", "3 days ago", "5 months ago".

    Ahead working days count, because that is the time there is for the work; back in time it is
    plain days. Where only a weekend lies between, "in 2 days".
    """
    days = (to - today).days
    if days in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    months = _whole_months(to, today)
    if months >= FAR:
        return f"in {plural(months, 'month')}" if days > 0 else f"{plural(months, 'month')} ago"
    if days < 0:
        return f"{plural(-days, 'day')} ago"
    working = working_days_between(today, to, holidays)
    return f"in {plural(working, 'working day')}" if working else f"in {plural(days, 'day')}"


def _whole_months(one: date, other: date) -> int:
    """Whole months between two days, whichever comes first."""
    first, last = sorted((one, other))
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)
