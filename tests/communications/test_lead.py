"""Lead times in clock hours, also over the nights in which the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.terms import LeadTimes
from communications.rules import in_hours, lead_hours, notice, schedule, share_by
from deadlines.rules.offsets import Due, counted, moments
from deadlines.rules.working_hours import is_open
from house.clock import LONDON, london_day, london_instant

# The last Sundays of March and October.
CHANGES = [
    max(date(year, month, day) for day in range(25, 32) if date(year, month, day).weekday() == 6)
    for year in range(2026, 2031)
    for month in (3, 10)
]
quarters = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
hours = st.one_of(st.sampled_from([24, 72]), st.integers(0, 2_000))


@given(st.sampled_from(CHANGES), st.integers(0, 4), quarters, hours)
def test_share_by_is_so_many_clock_hours_before(
    change: date, days: int, at: time, lead: int
) -> None:
    try:
        release = london_instant(change + timedelta(days=days), at)
    except ValueError:
        return
    due = share_by(release, lead)
    assert release - due == timedelta(hours=lead)
    assert due.tzinfo == UTC
    # The same from London's clock, where plain arithmetic would be an hour out.
    assert share_by(release.astimezone(LONDON), lead) == due


@pytest.mark.parametrize(
    ("release", "lead", "due"),
    [
        # Sunday at nine in summer time is 24 hours after Saturday at eight in winter time.
        (datetime(2026, 3, 29, 9, tzinfo=LONDON), 24, datetime(2026, 3, 28, 8, tzinfo=LONDON)),
        (datetime(2026, 10, 25, 9, tzinfo=LONDON), 24, datetime(2026, 10, 24, 10, tzinfo=LONDON)),
        (datetime(2026, 3, 31, 9, tzinfo=LONDON), 72, datetime(2026, 3, 28, 8, tzinfo=LONDON)),
        (datetime(2026, 6, 3, 9, tzinfo=LONDON), 24, datetime(2026, 6, 2, 9, tzinfo=LONDON)),
    ],
)
def test_over_a_change_of_the_clocks(release: datetime, lead: int, due: datetime) -> None:
    assert share_by(release, lead) == due.astimezone(UTC)


@given(st.sampled_from(CHANGES), quarters, st.integers(0, 200 * 60))
def test_notice_counts_clock_hours_too(change: date, at: time, minutes: int) -> None:
    release = datetime.combine(change, at, LONDON).astimezone(UTC)
    reached = release - timedelta(minutes=minutes)
    assert notice(reached.astimezone(LONDON), release) == timedelta(minutes=minutes)


@given(st.sampled_from(CHANGES), st.integers(-3, 3), quarters, st.integers(1, 200))
def test_people_are_told_before_at_and_after_while_there_is_time(
    change: date, days: int, at: time, lead: int
) -> None:
    due = datetime.combine(change + timedelta(days=days), at, LONDON).astimezone(UTC)
    planned, dates = schedule(due, lead, ()), Due(london_day(due), due, due)
    named = {offset: counted(offset, dates, ()) for offset in planned}
    assert named["hours:-24"] == due - timedelta(hours=24)
    assert named["hours:-1"] == due - timedelta(hours=1)
    assert all(at < due + timedelta(hours=lead) for at in named.values() if at)
    times = moments(planned, dates, ())
    assert times.pop("hours:0") == due
    # What is not due to the minute goes in working hours: before a weekend on its Friday.
    assert all(is_open(at, ()) for at in times.values())
    assert times["hours:-24"] <= times["hours:-1"] < due
    if london_day(due).weekday() in (5, 6, 0):
        assert london_day(times["hours:-24"]).weekday() == 4


def test_a_missed_one_is_told_once_or_twice_until_the_release() -> None:
    due = datetime(2026, 6, 2, 9, tzinfo=UTC)
    assert schedule(due, 24, ())[-1] == "hours:+4"
    assert schedule(due, 72, ())[-2:] == ["hours:+4", "hours:+24"]
    assert schedule(due, 2, ())[-1] == "hours:0"


def test_the_eve_of_a_saturday_at_nine_is_its_day_before() -> None:
    saturday = london_instant(date(2026, 6, 6), time(9))
    assert "eve" not in schedule(saturday, 24, ())
    assert "eve" in schedule(saturday + timedelta(hours=1), 24, ())


def test_the_lead_times_are_those_of_the_terms() -> None:
    silent = LeadTimes()
    assert (lead_hours(silent, "publication"), lead_hours(silent, "press_release")) == (None, None)
    own = LeadTimes(publication_hours=100, press_release_hours=8)
    assert (lead_hours(own, "publication"), lead_hours(own, "press_release")) == (100, 8)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(hours=26), "26 hours"),
        (timedelta(hours=1, minutes=1), "1 hour 1 minute"),
        (timedelta(minutes=40, seconds=59), "40 minutes"),
        (timedelta(seconds=20), "0 hours"),
        (-timedelta(hours=3), "0 hours"),
    ],
)
def test_a_span_in_words(span: timedelta, said: str) -> None:
    assert in_hours(span) == said
