"""When reminders go: by London's mornings and by the clock, right across its changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.rules.offsets import Due, counted, in_words, moment, moments, next_monthly
from house.clock import LONDON, london_day
from tests.deadlines.ringing import london

SINCE = london(date(2026, 1, 5), 15, 30)
days = st.dates(date(2020, 1, 1), date(2039, 12, 31))
FIRST, LAST = datetime(2020, 1, 1), datetime(2039, 12, 31)  # noqa: DTZ001 - hypothesis adds UTC
instants = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


@given(days, st.integers(-400, 400))
def test_a_day_offset_names_nine_in_london_on_its_day(due_on: date, number: int) -> None:
    at = counted(f"days:{number:+d}", Due(due_on, None, SINCE), frozenset())
    assert at is not None
    local = at.astimezone(LONDON)
    assert (local.date(), local.hour, local.minute) == (due_on + timedelta(days=number), 9, 0)


@given(instants, st.integers(-100, 100))
def test_an_hour_offset_counts_clock_hours(due_at: datetime, number: int) -> None:
    due = Due(london_day(due_at), due_at.astimezone(LONDON), SINCE)
    at = counted(f"hours:{number:+d}", due, frozenset())
    assert at is not None
    assert due_at - at == timedelta(hours=-number)


@pytest.mark.parametrize(
    ("due_at", "day_before"),
    [
        (london(date(2027, 3, 28), 12), london(date(2027, 3, 27), 11)),  # clocks went forward
        (london(date(2027, 10, 31), 12), london(date(2027, 10, 30), 13)),  # and back
    ],
)
def test_a_day_of_24_hours_is_not_a_calendar_day_when_the_clocks_change(
    due_at: datetime, day_before: datetime
) -> None:
    assert counted("hours:-24", Due(due_at.date(), due_at, SINCE), frozenset()) == day_before


def test_working_days_are_counted_before_and_after_a_day() -> None:
    easter = frozenset({date(2027, 3, 26), date(2027, 3, 29)})
    due = Due(date(2027, 3, 30), None, SINCE)
    named = ("working:-2", "days:0", "working:+1", "working:+5")
    assert moments(named, due, easter) == {
        "working:-2": london(date(2027, 3, 24)), "days:0": london(date(2027, 3, 30)),
        "working:+1": london(date(2027, 3, 31)), "working:+5": london(date(2027, 4, 6)),
    }  # fmt: skip


@given(days, st.integers(1, 30))
def test_working_days_there_and_back_pass_the_same_days(due_on: date, number: int) -> None:
    due = Due(due_on, None, SINCE)
    after = counted(f"working:+{number}", due, frozenset())
    assert after is not None
    back = counted(f"working:-{number}", Due(london_day(after), None, SINCE), frozenset())
    assert back is not None
    assert london_day(back) <= due_on < london_day(after)
    assert (due_on - london_day(back)).days <= 2


def test_the_eve_is_the_last_working_day_before_a_day_that_is_none() -> None:
    easter_monday = date(2027, 3, 29)
    holidays = frozenset({date(2027, 3, 26), easter_monday})
    at = moment("eve", Due(easter_monday, None, SINCE), holidays)
    assert at == london(date(2027, 3, 25))
    assert moment("eve", Due(date(2027, 3, 30), None, SINCE), holidays) is None


def test_what_waits_counts_from_when_it_began() -> None:
    assert moment("since:+7", Due(None, None, SINCE), frozenset()) == london(date(2026, 1, 12))


def test_without_a_date_only_since_has_a_moment() -> None:
    schedule = ["days:-1", "hours:-1", "months:+1", "since:+1", "eve", "monthly"]
    assert list(moments(schedule, Due(None, None, SINCE), frozenset())) == ["since:+1"]


def test_an_unknown_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="no offset"):
        moment("years:-1", Due(date(2027, 1, 1), None, SINCE), frozenset())


@given(days, st.integers(-60, 60))
def test_a_week_offset_names_the_monday_of_a_week(due_on: date, number: int) -> None:
    at = counted(f"weeks:{number:+d}", Due(due_on, None, SINCE), frozenset())
    assert at is not None
    monday = at.astimezone(LONDON).date()
    assert (monday.weekday(), at.astimezone(LONDON).hour) == (0, 9)
    assert timedelta(0) <= due_on + timedelta(weeks=number) - monday < timedelta(weeks=1)


def test_a_week_whose_monday_is_a_holiday_is_told_of_on_its_first_working_day() -> None:
    easter_monday = date(2027, 3, 29)
    due = Due(date(2027, 4, 1), None, SINCE)
    assert moment("weeks:0", due, frozenset({easter_monday})) == london(date(2027, 3, 30))
    assert in_words("weeks:0") == "at the beginning of its week"
    assert in_words("weeks:-2") == "at the beginning of the week 2 weeks before"


@given(days, st.integers(0, 2_000))
def test_the_next_month_is_the_first_that_is_later(due_on: date, later: int) -> None:
    due = Due(due_on, None, SINCE)
    after = london(due_on) + timedelta(days=later)
    offset, at = next_monthly(due, after, frozenset())
    number = int(offset.partition(":")[2])
    assert at > after
    assert at == moment(offset, due, frozenset())
    before = moment(f"months:{number - 1:+d}", due, frozenset())
    assert number == 1 or (before is not None and before <= after)


@pytest.mark.parametrize(
    ("offset", "said"),
    [
        ("days:-30", "30 days before"),
        ("days:0", "on the day"),
        ("days:+7", "7 days after"),
        ("hours:-1", "1 hour before"),
        ("hours:0", "at its time"),
        ("months:+2", "2 months after"),
        ("working:-2", "2 working days before"),
        ("working:+1", "1 working day after"),
        ("since:+7", "7 days after it began to wait"),
        ("eve", "the last working day before"),
        ("monthly", "each month after"),
    ],
)
def test_each_offset_has_words(offset: str, said: str) -> None:
    assert in_words(offset) == said
