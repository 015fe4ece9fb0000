from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from house import clock


def test_a_summer_evening_in_utc_is_the_next_day_in_london() -> None:
    assert clock.london_day(datetime(2013, 7, 1, 23, 30, tzinfo=UTC)) == date(2013, 7, 2)


def test_a_winter_evening_is_the_same_day() -> None:
    assert clock.london_day(datetime(2013, 12, 1, 23, 30, tzinfo=UTC)) == date(2013, 12, 1)


def test_the_clock_stands_where_it_was_set_and_goes_on_afterwards() -> None:
    then = datetime(2014, 3, 30, 0, 30, tzinfo=UTC)
    with clock.at(then):
        assert clock.now() == then
        assert clock.today() == date(2014, 3, 30)
    assert clock.now() > then


def test_the_clock_refuses_a_time_without_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2014, 3, 30)):  # noqa: DTZ001
        pass


def test_a_london_time_is_an_hour_earlier_in_utc_in_summer() -> None:
    nine = time(9)
    assert clock.london_instant(date(2013, 7, 1), nine) == datetime(2013, 7, 1, 8, tzinfo=UTC)
    assert clock.london_instant(date(2013, 12, 1), nine) == datetime(2013, 12, 1, 9, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_first_and_one_left_out_is_refused() -> None:
    half_past_one = time(1, 30)
    first = clock.london_instant(date(2026, 10, 25), half_past_one)
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert first + timedelta(hours=1) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    with pytest.raises(ValueError, match="go forward"):
        clock.london_instant(date(2026, 3, 29), half_past_one)


@given(st.dates(date(2013, 1, 1), date(2029, 12, 31)))
def test_a_london_day_ends_with_its_last_moment(day: date) -> None:
    end = clock.end_of(day)
    assert clock.london_day(end - timedelta(microseconds=1)) == day
    assert clock.london_day(end) == day + timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2014, 7, 1), datetime(2014, 7, 1, 23, tzinfo=UTC)),
        (date(2014, 1, 1), datetime(2014, 1, 2, tzinfo=UTC)),
        (date(2016, 2, 29), datetime(2016, 3, 1, tzinfo=UTC)),
        # The clocks change at one in the morning: on the day itself, not at its end.
        (date(2014, 3, 29), datetime(2014, 3, 30, tzinfo=UTC)),
        (date(2014, 3, 30), datetime(2014, 3, 30, 23, tzinfo=UTC)),
        (date(2014, 10, 26), datetime(2014, 10, 27, tzinfo=UTC)),
    ],
)
def test_days_in_summer_end_before_midnight_utc(day: date, ends: datetime) -> None:
    assert clock.end_of(day) == ends
