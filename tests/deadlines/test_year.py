"""Where the days of a year stand in its picture."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.year_picture import MARKS, agreement_year, months_between, place, rows_of

days = st.dates(date(2013, 4, 1), date(2039, 12, 31))


@pytest.mark.parametrize(
    ("start_on", "today", "first", "last"),
    [
        (date(2013, 9, 3), date(2013, 9, 3), date(2013, 9, 3), date(2014, 9, 3)),
        (date(2013, 9, 3), date(2014, 9, 2), date(2013, 9, 3), date(2014, 9, 3)),
        (date(2013, 9, 3), date(2014, 9, 3), date(2014, 9, 3), date(2015, 9, 3)),
        (date(2012, 2, 29), date(2013, 2, 28), date(2013, 2, 28), date(2014, 2, 28)),
        (date(2012, 2, 29), date(2016, 2, 28), date(2015, 2, 28), date(2016, 2, 29)),
        # Signed on paper, with a date that is still to come.
        (date(2026, 9, 3), date(2026, 8, 1), date(2026, 9, 3), date(2027, 9, 3)),
    ],
)
def test_the_year_runs_from_one_anniversary_to_the_next(
    start_on: date, today: date, first: date, last: date
) -> None:
    assert agreement_year(start_on, today) == (first, last)


@given(days, st.integers(0, 6_000))
def test_today_is_in_the_year_that_holds(start_on: date, later: int) -> None:
    today = start_on + timedelta(days=later)
    first, last = agreement_year(start_on, today)
    assert first <= today < last
    assert 365 <= (last - first).days <= 366


@given(days, st.integers(-400, 800))
def test_a_day_stands_in_the_picture_and_one_outside_at_its_edge(first: date, later: int) -> None:
    last, day = first + timedelta(days=365), first + timedelta(days=later)
    at = place(day, first, last)
    assert 0 <= at <= 100
    assert (at == 0) == (day <= first)
    assert (at == 100) == (day >= last)


@given(days)
def test_every_month_has_room_for_its_name_and_the_year_stands_where_it_begins(first: date) -> None:
    months = months_between(first, first + timedelta(days=365))
    assert 11 <= len(months) <= 13
    assert all(later.place - month.place > 3.5 for month, later in pairwise(months))
    named = [month.place for month in months if month.year]
    assert named
    assert all(later - earlier > 10 for earlier, later in pairwise(named))
    assert all(bool(month.year) == (month.name == "Jan") for month in months[1:])


@given(st.lists(st.floats(0, 100), max_size=30).map(sorted), st.sampled_from([*MARKS.values()]))
def test_no_two_marks_of_a_row_overlap(places: list[float], wide: float) -> None:
    marks = list(zip(places, rows_of(places, wide), strict=True))
    for (one, row), (other, its_row) in combinations(marks, 2):
        assert row != its_row or abs(other - one) >= wide
