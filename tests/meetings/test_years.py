"""MoU years and what is owed in them, as pure functions of days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.rules.periods import YEAR, Period, before, numbered, period_of
from house.clock import months_after
from meetings.rules.standing import Owed, owed_by, standing_before, standing_on

STARTS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
LENGTHS = st.sampled_from([1, 3, 12])
DAYS = st.integers(0, 15_000)


@given(start=STARTS, days=DAYS, months=LENGTHS)
def test_each_day_lies_in_exactly_one_period(start: date, days: int, months: int) -> None:
    day = start + timedelta(days=days)
    found = period_of(day, start, months)
    assert day in found
    assert period_of(found.first, start, months) == period_of(found.last, start, months) == found
    following = period_of(found.last + timedelta(days=1), start, months)
    assert following.first == found.last + timedelta(days=1)
    assert before(following, start, months) == found


@given(start=STARTS, number=st.integers(0, 400), months=LENGTHS)
def test_periods_begin_so_many_months_after_the_start(
    start: date, number: int, months: int
) -> None:
    period = numbered(number, start, months)
    assert period.first == months_after(start, number * months)
    assert period_of(period.first, start, months) == period


@pytest.mark.parametrize(
    ("start", "day", "first", "last"),
    [
        (date(2013, 9, 3), date(2014, 9, 2), date(2013, 9, 3), date(2014, 9, 2)),
        (date(2013, 9, 3), date(2014, 9, 3), date(2014, 9, 3), date(2015, 9, 2)),
        (date(2012, 2, 29), date(2013, 2, 28), date(2013, 2, 28), date(2014, 2, 27)),
        (date(2012, 2, 29), date(2016, 2, 28), date(2015, 2, 28), date(2016, 2, 28)),
        (date(2012, 2, 29), date(2016, 2, 29), date(2016, 2, 29), date(2017, 2, 27)),
    ],
)
def test_an_mou_year_ends_the_day_before_the_anniversary(
    start: date, day: date, first: date, last: date
) -> None:
    assert period_of(day, start, YEAR) == Period(first, last)


def test_months_counted_from_the_31st_lose_no_day() -> None:
    start = date(2014, 1, 31)
    firsts = [numbered(n, start, 1).first for n in range(4)]
    assert firsts == [date(2014, 1, 31), date(2014, 2, 28), date(2014, 3, 31), date(2014, 4, 30)]


def test_nothing_is_counted_before_the_start() -> None:
    with pytest.raises(ValueError, match="before the start"):
        period_of(date(2013, 9, 2), date(2013, 9, 3), YEAR)
    assert (
        before(period_of(date(2013, 9, 3), date(2013, 9, 3), YEAR), date(2013, 9, 3), YEAR) is None
    )


TWICE = Owed(2, 12)
START = date(2013, 9, 3)


@pytest.mark.parametrize(
    ("held", "sentence"),
    [
        ([], "None of two held this MoU year; two owed by 2 September 2014."),
        ([date(2014, 1, 9)], "One of two held this MoU year; one owed by 2 September 2014."),
        ([date(2014, 1, 9), date(2014, 9, 2)], "Two of two held this MoU year."),
        ([date(2014, 1, day) for day in (1, 2, 3)], "Three instead of two held this MoU year."),
        # Those of another year do not count.
        ([date(2014, 9, 3)], "None of two held this MoU year; two owed by 2 September 2014."),
    ],
)
def test_what_is_held_and_still_owed_in_words(held: list[date], sentence: str) -> None:
    found = standing_on(date(2014, 5, 5), owed=TWICE, start=START, held_on=held)
    assert found.sentence == sentence


def test_the_year_before_stands_in_words_too() -> None:
    said = {"owed": TWICE, "start": START, "held_on": [date(2014, 1, 9)]}
    previous = standing_before(date(2014, 9, 3), **said)  # type: ignore[arg-type]
    assert previous
    assert previous.past_sentence == "One of two held in the MoU year to 2 September 2014."
    assert standing_before(date(2014, 9, 2), **said) is None  # type: ignore[arg-type]


def test_monthly_and_quarterly_meetings_are_owed_one_by_one() -> None:
    monthly, quarterly = owed_by("monthly", None), owed_by("quarterly", None)
    assert monthly
    assert quarterly
    found = standing_on(date(2013, 10, 9), owed=monthly, start=START, held_on=[])
    assert found.sentence == "One owed in the month to 2 November 2013."
    found = standing_on(date(2013, 10, 9), owed=quarterly, start=START, held_on=[START])
    assert found.sentence == "Held in the quarter to 2 December 2013."


def test_meetings_held_as_required_owe_nothing() -> None:
    assert owed_by("as_required", None) is None
    assert owed_by("per_year", 6) == Owed(6, 12)
    assert owed_by("twice_a_year", None) == TWICE


@given(start=STARTS, days=DAYS, held=st.lists(DAYS, max_size=20))
def test_no_meeting_counts_twice_and_none_is_lost(start: date, days: int, held: list[int]) -> None:
    held_on = [start + timedelta(days=each) for each in held]
    periods = {period_of(day, start, YEAR) for day in held_on}
    counted = [
        standing_on(period.first, owed=TWICE, start=start, held_on=held_on) for period in periods
    ]
    assert sum(each.held for each in counted) == len(held)
    assert all(each.missing == max(0, 2 - each.held) for each in counted)
