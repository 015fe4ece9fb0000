"""Working days: Monday to Friday but for the holidays of one calendar; and how far a day is.

Day 1 is the working day after receipt. The two calendars are never mixed (design.md, rule 3).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from nhsuk.dates import WEEKDAYS
from nhsuk.dates import day as written
from nhsuk.words import plural

ONE_DAY = timedelta(days=1)
Holidays = Collection[date]
# From the first to the last day on which a clock stood still, both included.
Pauses = Sequence[tuple[date, date]]
# More pauses are counted, not listed.
MOST_PAUSES = 3


def is_working_day(day: date, holidays: Holidays) -> bool:
    return day.weekday() < 5 and day not in holidays


def working_days_after(
    received_on: date, count: int, holidays: Holidays, pauses: Pauses = ()
) -> date:
    """The day on which the last of `count` working days falls; `received_on` itself for none.

    The days of a pause are not counted, as the Freedom of Information Act 2000, section 10(2), has
    it from a fees notice to the fee.
    """
    day = received_on
    for _ in range(count):
        day += ONE_DAY
        while not is_working_day(day, holidays) or stands_still(day, pauses):
            day += ONE_DAY
    return day


def stands_still(day: date, pauses: Pauses) -> bool:
    return any(first <= day <= last for first, last in pauses)


def last_working_day_before(day: date, holidays: Holidays) -> date:
    """The nearest working day before this one."""
    day -= ONE_DAY
    while not is_working_day(day, holidays):
        day -= ONE_DAY
    return day


def working_days_before(day: date, count: int, holidays: Holidays) -> date:
    """The day that is so many working days before this one."""
    for _ in range(count):
        day = last_working_day_before(day, holidays)
    return day


def working_days_between(first: date, last: date, holidays: Holidays) -> int:
    """How many working days lie after `first`, up to and including `last`; negative backwards."""
    if last < first:
        return -working_days_between(last, first, holidays)
    days = (first + ONE_DAY * number for number in range(1, (last - first).days + 1))
    return sum(is_working_day(day, holidays) for day in days)


def working_of(
    received_on: date,
    count: int,
    holidays: Holidays,
    pauses: Pauses = (),
    began: str = "Received",
) -> str:
    """How the date follows, as sentences: the days left out that are not weekends are named.

    `began` is what happened on the first day: "Received", "Opened again".
    """
    last = working_days_after(received_on, count, holidays, pauses)
    first = working_days_after(received_on, 1, holidays, pauses)
    skipped = sorted(d for d in holidays if received_on < d <= last and d.weekday() < 5)
    ends = "working day ends" if count == 1 else "working days end"
    text = (
        f"{began} on {on_weekday(received_on)}. Day 1 is {on_weekday(first)}; "
        f"{count} {ends} on {on_weekday(last)}."
    )
    left_out = f" Left out: {', '.join(written(d) for d in skipped)}." if skipped else ""
    return text + left_out + _stood_still([each for each in pauses if each[0] <= last])


def on_weekday(day: date) -> str:
    """ "Saturday 28 December 2013"."""
    return f"{WEEKDAYS[day.weekday()]} {written(day)}"


def _stood_still(pauses: Pauses) -> str:
    if not pauses:
        return ""
    if len(pauses) > MOST_PAUSES:
        return f" It stood still {len(pauses)} times."
    spans = (f"from {written(first)} to {written(last)}" for first, last in pauses)
    return f" It stood still {' and '.join(spans)}."


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
