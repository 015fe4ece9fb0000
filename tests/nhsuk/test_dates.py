from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsuk import dates


def test_days_and_moments_as_the_field_writes_them() -> None:
    assert dates.day(date(2013, 9, 3)) == "3 September 2013"
    assert dates.day_short(date(2013, 9, 3)) == "3 Sep 2013"
    assert dates.moment(datetime(2013, 9, 3, 8, tzinfo=UTC)) == "9:00 am BST on 3 September 2013"
    assert dates.moment(datetime(2014, 1, 6, 13, 5, tzinfo=UTC)) == "1:05 pm GMT on 6 January 2014"
    assert dates.iso(datetime(2013, 9, 3, 8, tzinfo=UTC)) == "2013-09-03T09:00:00+01:00"


def test_noon_and_midnight_are_twelve() -> None:
    assert dates.clock_time(datetime(2014, 1, 6, 0, 0, tzinfo=UTC)) == "12:00 am GMT"
    assert dates.clock_time(datetime(2014, 1, 6, 12, 0, tzinfo=UTC)) == "12:00 pm GMT"


def test_late_on_a_summer_evening_the_london_day_is_the_next() -> None:
    assert dates.day(datetime(2014, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2014"


def test_nothing_is_written_for_no_date() -> None:
    written = [write(None) for write in (dates.day, dates.day_short, dates.moment, dates.iso)]
    assert written == ["", "", "", ""]


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        dates.moment(datetime(2013, 9, 3, 9))  # noqa: DTZ001 - what is tested


@given(st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_clock_is_read_back_from_what_is_written(instant: datetime) -> None:
    written, zone = dates.clock_time(instant).rsplit(" ", 1)
    hour = datetime.strptime(written, "%I:%M %p").hour  # noqa: DTZ007 - only the hour is read
    assert (hour - instant.hour) % 24 == {"GMT": 0, "BST": 1}[zone]
