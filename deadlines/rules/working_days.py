"""Working days: Monday to Friday but for the holidays of one calendar; and how far a day is.

Day 1 is the working day after receipt. The two calendars are never mixed (design.md, rule 3).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from nhsuk.dates import day as written
from nhsuk.words import plural

ONE_DAY = timedelta(days=1)
Holidays = Collection[date]


def is_working_day(day: date, holidays: Holidays) -> bool:
    return day.weekday() < 5 and day not in holidays


def working_days_after(received_on: date, count: int, holidays: Holidays) -> date:
    """The day on which the last of `count` working days falls; `received_on` itself for none."""
    day = received_on
    for _ in range(count):
        day += ONE_DAY
        while not is_working_day(day, holidays):
            day += ONE_DAY
    return day


def last_working_day_before(day: date, holidays: Holidays) -> date:
    """The nearest working day before this one."""
    day -= ONE_DAY
    while not is_working_day(day, holidays):
        day -= ONE_DAY
    return day


def working_days_between(first: date, last: date, holidays: Holidays) -> int:
    """How many working days lie after `first`, up to and including `last`; negative backwards."""
    if last < first:
        return -working_days_between(last, first, holidays)
    days = (first + ONE_DAY * number for number in range(1, (last - first).days + 1))
    return sum(is_working_day(day, holidays) for day in days)


def working_of(received_on: date, count: int, holidays: Holidays) -> str:
    """How the date follows, as sentences: the days skipped that are not weekends are named."""
    last = working_days_after(received_on, count, holidays)
    first = working_days_after(received_on, 1, holidays)
    skipped = sorted(d for d in holidays if received_on < d <= last and d.weekday() < 5)
    text = (
        f"Received on {written(received_on)}. Day 1 is {written(first)}; "
        f"{plural(count, 'working day')} end on {written(last)}."
    )
    return text + (f" Skipped: {', '.join(written(d) for d in skipped)}." if skipped else "")


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
