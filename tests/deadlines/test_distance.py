from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.rules.working_days import distance

TUESDAY = date(2014, 9, 2)
days = st.dates(date(2013, 1, 1), date(2039, 12, 1))


@pytest.mark.parametrize(
    ("to", "said"),
    [
        (date(2014, 9, 2), "today"),
        (date(2014, 9, 3), "tomorrow"),
        (date(2014, 9, 5), "in 3 working days"),
        (date(2014, 9, 8), "in 4 working days"),
        (date(2014, 11, 1), "in 43 working days"),
        (date(2014, 11, 2), "in 2 months"),
        (date(2015, 6, 2), "in 9 months"),
        (date(2014, 9, 1), "yesterday"),
        (date(2014, 8, 30), "3 days ago"),
        (date(2014, 3, 3), "5 months ago"),
        (date(2012, 9, 3), "23 months ago"),
        (date(2012, 9, 2), "2 years ago"),
        (date(2026, 10, 2), "in 12 years"),
    ],
)
def test_a_distance_is_not_longer_than_needed(to: date, said: str) -> None:
    assert distance(to, TUESDAY, frozenset()) == said


def test_without_holidays_it_is_plain_days() -> None:
    assert distance(date(2014, 9, 5), TUESDAY) == "in 3 days"
    assert distance(date(2014, 9, 8), TUESDAY) == "in 6 days"


def test_a_holiday_is_no_working_day() -> None:
    assert distance(date(2014, 9, 5), TUESDAY, {date(2014, 9, 4)}) == "in 2 working days"


def test_over_a_weekend_plain_days_are_counted() -> None:
    friday = date(2014, 9, 5)
    assert distance(friday + timedelta(days=2), friday, frozenset()) == "in 2 days"


@given(days, st.integers(-900, 900))
def test_every_distance_has_words_of_its_direction(today: date, number: int) -> None:
    said = distance(today + timedelta(days=number), today, frozenset())
    assert said in {"yesterday", "today", "tomorrow"} or said.endswith(" ago") == (number < 0)
