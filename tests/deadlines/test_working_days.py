from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.holidays import holidays_of, published_holidays
from deadlines.models import Holiday
from deadlines.rules.working_days import (
    is_working_day,
    last_working_day_before,
    working_days_after,
    working_days_between,
    working_of,
)

Calendar = Holiday.Calendar
days = st.dates(date(2013, 1, 1), date(2039, 12, 1))
some_days = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20)
in_2026 = st.dates(date(2026, 1, 1), date(2026, 11, 1))


def test_day_1_is_the_working_day_after_receipt() -> None:
    christmas = frozenset({date(2013, 12, 25), date(2013, 12, 26), date(2014, 1, 1)})
    received = date(2013, 12, 28)  # a Saturday
    assert working_days_after(received, 1, christmas) == date(2013, 12, 30)
    assert working_days_after(received, 5, christmas) == date(2014, 1, 6)
    assert working_of(received, 5, christmas) == (
        "Received on Saturday 28 December 2013. Day 1 is Monday 30 December 2013; "
        "5 working days end on Monday 6 January 2014. Left out: 1 January 2014."
    )


@given(in_2026, st.integers(1, 30), some_days)
def test_counting_there_and_back_agrees(start: date, count: int, holidays: frozenset[date]) -> None:
    end = working_days_after(start, count, holidays)
    assert is_working_day(end, holidays)
    assert working_days_between(start, end, holidays) == count
    assert working_days_between(end, start, holidays) == -count


@given(in_2026, some_days)
def test_the_last_working_day_before_is_the_nearest(day: date, holidays: frozenset[date]) -> None:
    before = last_working_day_before(day, holidays)
    between = [before + timedelta(days=n) for n in range(1, (day - before).days)]
    assert is_working_day(before, holidays)
    assert not any(is_working_day(each, holidays) for each in between)


@pytest.mark.django_db
def test_the_two_calendars_are_kept_apart() -> None:
    st_andrews, good_friday = date(2026, 11, 30), date(2026, 4, 3)
    assert st_andrews in holidays_of(Calendar.FREEDOM_OF_INFORMATION)
    assert st_andrews not in holidays_of(Calendar.ENGLAND_AND_WALES)
    assert all(good_friday in holidays_of(each) for each in Calendar.values)


@pytest.mark.parametrize(
    "day",
    # Days that were announced late, or moved: a list that lacks them counts wrong.
    [date(2020, 5, 8), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)],
)
def test_days_announced_late_are_published(day: date) -> None:
    for calendar in Calendar.values:
        assert day in published_holidays(calendar, range(day.year, day.year + 1))


def test_a_holiday_on_a_weekend_is_not_named() -> None:
    friday, saturday, monday = date(2021, 12, 24), date(2021, 12, 25), date(2021, 12, 27)
    said = working_of(friday, 2, frozenset({saturday, monday}))
    assert "27 December 2021" in said
    assert "25 December 2021" not in said
