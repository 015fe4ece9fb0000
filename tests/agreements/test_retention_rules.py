"""Until when an MoU that has ended is kept."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from agreements.retention.rules import decide_from, ended_by, kept_until, longest_until

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31))


def test_six_years_from_the_end_and_29_february() -> None:
    assert kept_until(date(2016, 3, 31), 6) == date(2022, 3, 31)
    assert kept_until(date(2016, 2, 29), 6) == date(2022, 2, 28)
    assert decide_from(date(2022, 2, 28)) == date(2022, 3, 1)
    assert longest_until(date(2016, 2, 29)) == date(2036, 2, 29)


@given(last=DAYS, years=st.integers(1, 20), later=st.lists(DAYS, max_size=3))
def test_a_decision_makes_it_longer_and_never_shorter(
    last: date, years: int, later: list[date]
) -> None:
    until = kept_until(last, years, later)
    assert until >= kept_until(last, years)
    assert all(until >= each for each in later)
    assert until == kept_until(last, years) or until in later


@given(last=DAYS, years=st.integers(1, 20))
def test_the_look_up_finds_each_on_the_day_it_is_to_be_decided(last: date, years: int) -> None:
    day = decide_from(kept_until(last, years))
    assert last <= ended_by(day, years)
    assert last > ended_by(day - timedelta(days=2), years)
