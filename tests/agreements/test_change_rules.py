"""When notice lets an MoU end, and how it stands on a day, for any days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.changes.rules import (
    earliest_end,
    last_notice_on,
    last_notice_working,
    notice_working,
    state_on,
)

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
MONTHS = st.integers(1, 60)


@pytest.mark.parametrize(
    ("given_on", "months", "ends"),
    [
        (date(2015, 9, 30), 6, date(2016, 3, 30)),
        (date(2015, 8, 31), 6, date(2016, 2, 29)),
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2018, 1, 31), 1, date(2018, 2, 28)),
        (date(2017, 12, 31), 1, date(2018, 1, 31)),
    ],
)
def test_notice_ends_so_many_months_later(given_on: date, months: int, ends: date) -> None:
    assert earliest_end(given_on, months) == ends


def test_the_working_says_both_days() -> None:
    assert notice_working(date(2018, 1, 15), 1) == (
        "One month after 15 January 2018 is 15 February 2018."
    )
    assert last_notice_working(date(2016, 3, 31), 6) == (
        "Six months before 31 March 2016 is 30 September 2015."
    )


@given(end_on=DAYS, months=MONTHS)
def test_notice_given_by_its_day_is_long_enough(end_on: date, months: int) -> None:
    last = last_notice_on(end_on, months)
    assert end_on - timedelta(days=3) <= earliest_end(last, months) <= end_on


@given(today=DAYS, last=st.none() | DAYS, runs=st.booleans())
def test_it_is_in_force_on_its_last_day_and_past_its_end_on_the_next(
    today: date, last: date | None, runs: bool
) -> None:
    state = state_on(today, last, notice_runs=runs)
    if last and today > last:
        assert state == "past_its_end"
    else:
        assert state == ("notice_given" if runs else "in_force")
