"""People are reminded in working hours; what is due to the minute alone comes at any hour."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.holidays import published_holidays
from deadlines.models import Holiday
from deadlines.rules.offsets import EXACT, Due, counted, moment, moments, next_monthly, was_moved
from deadlines.rules.working_days import is_working_day
from deadlines.rules.working_hours import CLOSES, LAST, OPENS, is_open, next_morning, no_earlier
from house.clock import LONDON, london_day
from tests.deadlines.ringing import london

HOLIDAYS = frozenset(
    published_holidays(Holiday.Calendar.ENGLAND_AND_WALES, range(2024, 2033)),
)
# The last Sundays of March and October.
CHANGES = [
    max(date(year, month, day) for day in range(25, 32) if date(year, month, day).weekday() == 6)
    for year in range(2026, 2031)
    for month in (3, 10)
]
QUARTERS = [time(n // 4, n % 4 * 15) for n in range(96)]
OFFSETS = [
    *(f"days:{n:+d}" for n in (-120, -30, -14, -7, -1, 0, 1, 7, 14)),
    *(f"hours:{n:+d}" for n in (-72, -48, -24, -2, -1, 0, 1, 4, 24)),
    *("months:+1", "months:+2", "since:+3", "since:+14", "eve"),
]
any_days = st.dates(date(2025, 2, 1), date(2031, 12, 31))
near_changes = st.builds(
    lambda change, days: change + timedelta(days=days), st.sampled_from(CHANGES), st.integers(-9, 9)
)
at_christmas = st.builds(date, st.integers(2025, 2031), st.just(12), st.integers(18, 31))
days = st.one_of(any_days, near_changes, at_christmas)
times = st.times(max_value=time(23, 59)).map(lambda at: at.replace(microsecond=0))
schedules = st.lists(st.sampled_from(OFFSETS), unique=True, min_size=1)


def due_at(day: date, at: time, since: date | None = None) -> Due:
    """An instant on a London day; the hour that the clocks leave out is the one after it."""
    instant = datetime.combine(day, at, LONDON).astimezone(UTC)
    return Due(london_day(instant), instant, london(since or day, 15, 30))


@given(days, times, days, st.sampled_from(OFFSETS))
def test_nobody_is_reminded_out_of_working_hours_but_at_the_minute(
    day: date, at: time, since: date, offset: str
) -> None:
    due = due_at(day, at, since)
    goes, named = moment(offset, due, HOLIDAYS), counted(offset, due, HOLIDAYS)
    assert (goes is None) == (named is None)  # none is lost
    if goes is None or named is None:
        return
    if offset == EXACT:
        assert goes == due.at
        return
    local = goes.astimezone(LONDON)
    assert OPENS <= local.time() <= LAST < CLOSES
    assert is_working_day(local.date(), HOLIDAYS)
    assert abs(goes - named) < timedelta(days=6)  # Easter and Christmas are the longest


@given(days, times, st.sampled_from([o for o in OFFSETS if "-" in o or o == "days:+0"]))
def test_a_warning_is_never_put_off(day: date, at: time, offset: str) -> None:
    due = due_at(day, at)
    goes, named = moment(offset, due, HOLIDAYS), counted(offset, due, HOLIDAYS)
    assert goes
    assert named
    assert london_day(goes) <= london_day(named)
    if offset.startswith("hours"):
        assert goes < (due.at or goes)


@given(days, times, st.sampled_from(["days:+1", "days:+7", "months:+1", "since:+3", "hours:+4"]))
def test_what_asks_for_the_past_never_comes_sooner(day: date, at: time, offset: str) -> None:
    due = due_at(day, at)
    goes, named = moment(offset, due, HOLIDAYS), counted(offset, due, HOLIDAYS)
    assert goes
    assert named
    assert goes >= named
    if is_open(named, HOLIDAYS) and named.astimezone(LONDON).time() <= LAST:
        assert goes == named


@given(days, times, days, schedules)
def test_they_keep_their_order_and_none_is_left_out(
    day: date, at: time, since: date, schedule: list[str]
) -> None:
    due = due_at(day, at, since)
    found = moments(schedule, due, HOLIDAYS)
    assert found.keys() == {each for each in schedule if counted(each, due, HOLIDAYS)}
    named = [counted(offset, due, HOLIDAYS) for offset in found]
    assert named == sorted(filter(None, named))
    goes = [at for offset, at in found.items() if offset != EXACT]
    assert goes == sorted(goes)
    assert all(is_open(each, HOLIDAYS) for each in goes)


@given(days, st.integers(0, 900))
def test_month_after_month_goes_on_in_working_hours(day: date, later: int) -> None:
    due, after = Due(day, None, london(day)), london(day) + timedelta(days=later)
    offset, at = next_monthly(due, after, HOLIDAYS)
    assert at > after
    assert is_open(at, HOLIDAYS)
    following, later_at = next_monthly(due, at, HOLIDAYS)
    assert (following, later_at > at) == (f"months:+{int(offset[8:]) + 1}", True)


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_around_a_change_of_the_clocks_each_quarter_hour_is_reminded_of(change: date) -> None:
    """F8: 10 changes, the Sunday and the days beside, each quarter of an hour."""
    for day in (change - timedelta(days=1), change, change + timedelta(days=1)):
        for at in QUARTERS:
            due = due_at(day, at)
            found = moments(["hours:-24", "hours:-1", EXACT, "hours:+4"], due, HOLIDAYS)
            assert found.pop(EXACT) == due.at
            assert all(is_open(each, HOLIDAYS) for each in found.values())
            friday = max(d for d in (change - timedelta(days=n) for n in range(2, 6))
                         if is_working_day(d, HOLIDAYS))  # fmt: skip
            assert london_day(found["hours:-24"]) == friday


@pytest.mark.parametrize(
    ("due", "day_before", "hour_before"),
    [
        # A Monday's share-by warns on Friday, in the morning.
        (london(date(2027, 6, 14), 9), london(date(2027, 6, 11), 9), None),
        (
            london(date(2027, 6, 14), 15),
            london(date(2027, 6, 11), 9),
            london(date(2027, 6, 14), 14),
        ),
        # On a Sunday: Friday morning, the last moment of Friday, and at it.
        (
            london(date(2027, 6, 13), 15),
            london(date(2027, 6, 11), 9),
            london(date(2027, 6, 11), 18, 45),
        ),
        # Early on a Tuesday: as Monday begins, and as it ends.
        (
            london(date(2027, 6, 15), 6),
            london(date(2027, 6, 14), 7),
            london(date(2027, 6, 14), 18, 45),
        ),
        # At half past seven: half an hour before is time enough to do it.
        (
            london(date(2027, 6, 15), 7, 30),
            london(date(2027, 6, 14), 7, 30),
            london(date(2027, 6, 15), 7),
        ),
        # The Tuesday after Easter: the Thursday before it.
        (london(date(2027, 3, 30), 9), london(date(2027, 3, 25), 9), None),
    ],
)
def test_what_is_due_to_the_hour_warns_while_people_work(
    due: datetime, day_before: datetime, hour_before: datetime | None
) -> None:
    dates = Due(london_day(due), due, due)
    found = moments(["hours:-24", "hours:-1", EXACT], dates, HOLIDAYS)
    assert found["hours:-24"] == day_before
    assert found["hours:-1"] == (hour_before or due - timedelta(hours=1))
    assert found[EXACT] == due


@given(st.datetimes(datetime(2025, 2, 1), datetime(2031, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_what_is_held_goes_on_the_next_working_morning(now: datetime) -> None:
    if is_open(now, HOLIDAYS):
        return
    morning = next_morning(now, HOLIDAYS)
    assert now < morning < now + timedelta(days=6)
    assert is_open(morning, HOLIDAYS)
    local = morning.astimezone(LONDON)
    assert (local.hour, local.minute) == (9, 0)
    between = (now + timedelta(hours=n) for n in range(int((morning - now) / timedelta(hours=1))))
    assert all(each.astimezone(LONDON).hour >= 7 or not is_open(each, HOLIDAYS) for each in between)


def test_the_last_moment_of_a_day_is_in_time() -> None:
    friday, monday = date(2026, 6, 5), date(2026, 6, 8)
    last, later = london(friday, 18, 45), london(friday, 18, 46)
    assert no_earlier(last, HOLIDAYS) == last
    assert no_earlier(later, HOLIDAYS) == london(monday, 9)
    # Shortly after midnight in London it is still yesterday in UTC.
    assert next_morning(london(monday, 0, 30), HOLIDAYS) == london(monday, 9)


def test_a_reminder_was_moved_where_nobody_works_on_its_day() -> None:
    sunday = Due(date(2026, 6, 7), None, london(date(2026, 6, 1), 12))
    on_friday = moment("days:0", sunday, HOLIDAYS)
    assert on_friday == london(date(2026, 6, 5), 9)
    assert was_moved("days:0", sunday, on_friday, HOLIDAYS)
    assert not was_moved("days:0", sunday, london(date(2026, 6, 7), 9), HOLIDAYS)
    assert not was_moved("days:0", sunday, london(date(2026, 6, 4), 9), HOLIDAYS)
    # One that names an hour of a deadline without one has no moment.
    assert not was_moved("hours:-1", sunday, on_friday, HOLIDAYS)
