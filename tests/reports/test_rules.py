"""Quarters and shares, for any day and any figures."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reports.content import Counts
from reports.presenters.chart import segments_of, total_of
from reports.rules import first_whole, last_over, percent, quarter_of, trend_to

DAYS = st.dates(date(1990, 1, 1), date(2098, 12, 31))
FEW = st.integers(0, 400)
COUNTS = st.builds(Counts, met=FEW, missed=FEW, excluded=FEW, open=FEW)


@given(DAYS)
def test_a_quarter_has_its_day_and_the_next_follows_it(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter.moved(1).first == quarter.last + timedelta(days=1)
    assert quarter.first.day == 1
    assert quarter.first.month in {1, 4, 7, 10}


@given(DAYS)
def test_the_last_that_is_over_ended_before_today_and_no_later_one_did(day: date) -> None:
    assert last_over(day).last < day <= last_over(day).moved(1).last


@given(DAYS)
def test_the_first_whole_one_has_no_day_before(day: date) -> None:
    first = first_whole(day)
    assert first.first >= day
    assert first.moved(-1).first < day


@given(DAYS)
def test_a_trend_ends_with_its_quarter(day: date) -> None:
    trend = trend_to(quarter_of(day))
    assert len(trend) == 8
    assert trend == sorted(trend)
    assert trend[-1] == quarter_of(day)


@given(FEW, FEW)
def test_all_that_is_less_than_all_is_less_than_a_hundred(met: int, missed: int) -> None:
    share = percent(met, met + missed)
    assert (share is None) == (met + missed == 0)
    assert (share == 100) == (missed == 0 and met > 0)


@given(COUNTS, st.integers(0, 1000))
def test_a_bar_is_as_long_as_what_it_counts(counts: Counts, more: int) -> None:
    longest = max(1, total_of(counts)) + more
    parts = list(segments_of(counts, longest))
    assert all(part.x >= 0 and part.x + part.width <= 100.01 for part in parts)
    ends = [0.0, *(part.x + part.width for part in parts)]
    assert all(abs(part.x - end) < 0.02 for part, end in zip(parts, ends, strict=False))
    assert len(parts) == sum(bool(n) for n in counts.model_dump().values())
