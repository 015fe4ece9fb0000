"""Working days: Monday to Friday but for the holidays of one calendar. Day 1 is the working day
after receipt. The two calendars are never mixed (design.md, rule 3)."""

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
