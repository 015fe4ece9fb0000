"""The dates of clocks against a table that was worked out independently, before they were built."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from deadlines.holidays import Calendar, Within, holidays_of
from deadlines.models import Holiday
from deadlines.rules.working_days import is_working_day, on_weekday, working_days_after
from house.clock import LONDON, london_day, london_instant
from nhsuk.dates import day as written
from performance.presenters.words import came_twice

TABLE: Final = yaml.safe_load(Path(__file__).with_name("dates.yaml").read_text())
CALENDARS: Final = {"ew": Calendar.ENGLAND_AND_WALES, "uk": Calendar.FREEDOM_OF_INFORMATION}
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
holidays = st.frozensets(days, max_size=12)


def counted(row: dict[str, Any]) -> Within:
    pauses = tuple((first, last) for first, last in row.get("pauses", ()))
    return Within(row["days"], row["received"], CALENDARS[row.get("calendar", "ew")], pauses)


def test_the_table_is_as_long_as_it_has_to_be() -> None:
    assert len(TABLE["days"]) + len(TABLE["instants"]) + len(TABLE["pauses"]) >= 80


@pytest.mark.django_db
def test_every_date_is_as_it_was_worked_out() -> None:
    for row in TABLE["days"]:
        within = counted(row)
        assert within.due_on == row["due"], row
        assert f"Day 1 is {on_weekday(row['first'])};" in within.working, row
        left_out = within.working.partition("Left out: ")[2].rstrip(".")
        assert left_out == ", ".join(map(written, row["out"])), row


@pytest.mark.django_db
def test_a_clock_that_stood_still_does_not_count_those_days() -> None:
    for row in TABLE["pauses"]:
        assert counted(row).due_on == row["due"], row


@pytest.mark.django_db
def test_receipts_fall_on_the_london_day_whatever_the_clocks_do() -> None:
    for row in TABLE["instants"]:
        received_on = london_day(datetime.fromisoformat(row["at"]))
        assert received_on == row["received"], row
        assert Within(row["days"], received_on).due_on == row["due"], row


@pytest.mark.django_db
def test_a_day_added_late_is_left_out_from_then_on() -> None:
    """19 September 2022 was announced on 10 September; until then nobody could know of it."""
    late = date(2022, 9, 19)
    Holiday.objects.filter(day=late).delete()
    assert Within(5, date(2022, 9, 14)).due_on == date(2022, 9, 21)
    for calendar in Calendar.values:
        Holiday.objects.create(calendar=calendar, day=late, name="State funeral")
    assert Within(5, date(2022, 9, 14)).due_on == date(2022, 9, 22)
    assert Within(5, date(2022, 9, 19)).due_on == date(2022, 9, 26)
    assert late in holidays_of(Calendar.FREEDOM_OF_INFORMATION)


def test_a_time_that_does_not_exist_is_refused_and_one_that_comes_twice_is_known() -> None:
    with pytest.raises(ValueError, match="go forward"):
        london_instant(date(2014, 3, 30), time(1, 30))
    twice = london_instant(date(2013, 10, 27), time(1, 30))
    assert twice.isoformat() == "2013-10-27T00:30:00+00:00"
    assert came_twice(twice)
    assert came_twice(twice + timedelta(hours=1))
    assert not came_twice(twice + timedelta(hours=2))
    assert not came_twice(datetime(2014, 3, 30, 12, tzinfo=LONDON))


@given(days, st.integers(1, 30), holidays, days, st.integers(0, 20))
def test_a_pause_never_brings_a_date_forward_nor_ends_on_a_day_off(
    received: date, count: int, off: frozenset[date], first: date, length: int
) -> None:
    pause = (first, first + timedelta(days=length))
    without = working_days_after(received, count, off)
    due = working_days_after(received, count, off, [pause])
    assert due >= without
    assert is_working_day(due, off)
    assert not pause[0] <= due <= pause[1]
    assert first <= without or due == without
