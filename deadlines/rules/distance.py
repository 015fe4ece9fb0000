"""How far a day is, in words that are not longer than needed."""

from __future__ import annotations

from datetime import date

from deadlines.rules.working_days import Holidays, working_days_between
from nhsuk.words import plural

# From here on people count in months, not in days, and from there in years.
FAR, VERY_FAR = 2, 24


def distance(to: date, today: date, holidays: Holidays | None = None) -> str:
    """ "today", "tomorrow", "in 3 working days", "in 9 months", "3 days ago", "12 years ago".

    Ahead working days count, because that is the time there is for the work; back in time, or
    without `holidays`, it is plain days. Where only a weekend lies between, "in 2 days".
    """
    days = (to - today).days
    if days in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    far = far_words(to, today)
    if far:
        return f"in {far}" if days > 0 else f"{far} ago"
    if days < 0:
        return f"{plural(-days, 'day')} ago"
    working = 0 if holidays is None else working_days_between(today, to, holidays)
    return f"in {plural(working, 'working day')}" if working else f"in {plural(days, 'day')}"


def far_words(one: date, other: date) -> str:
    """ "9 months" or "12 years" between two days; empty when days say it better."""
    months = _whole_months(one, other)
    if months >= VERY_FAR:
        return plural(months // 12, "year")
    return plural(months, "month") if months >= FAR else ""


def _whole_months(one: date, other: date) -> int:
    """Whole months between two days, whichever comes first."""
    first, last = sorted((one, other))
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)
