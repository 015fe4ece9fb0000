"""From a day back to the last meeting before it, and to the day for its papers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.planning.rules import Closed, Diary, Meeting, papers_day, plan_back
from deadlines.rules.working_days import is_working_day, working_days_between

TARGET, TODAY = date(2014, 9, 3), date(2014, 6, 2)
HOLIDAYS = frozenset({date(2014, 8, 25)})
DAYS = st.dates(date(2014, 1, 1), date(2015, 12, 31))


def diary(*days: date, papers_days: int | None = 20, closed: tuple[Closed, ...] = ()) -> Diary:
    return Diary(tuple(map(Meeting, days)), papers_days, in_working_days=True, closed=closed)


@pytest.mark.duty("X11")
def test_the_last_meeting_before_the_day_and_its_papers() -> None:
    found = plan_back(
        TARGET, TODAY, diary(date(2014, 7, 2), date(2014, 8, 6), date(2014, 9, 10)), HOLIDAYS
    )
    assert (found.outcome, found.meeting, found.papers_on) == (
        "planned", date(2014, 8, 6), date(2014, 7, 9),
    )  # fmt: skip
    assert found.working == (
        "The last possible meeting before 3 September 2014 is on 6 August 2014. Its papers go to "
        "the secretary 20 working days before it, by 9 July 2014."
    )
    assert not found.more_may_come


def test_a_meeting_whose_papers_are_late_gives_way_to_none() -> None:
    late = plan_back(
        TARGET, date(2014, 7, 10), diary(date(2014, 8, 6), date(2014, 9, 10)), HOLIDAYS
    )
    assert late.outcome == "none_left"
    assert late.sentences == (
        "No meeting is left in time for 3 September 2014.",
        "Papers for the meeting of 6 August 2014 were due by 9 July 2014.",
    )


def test_a_meeting_before_an_election_is_left_out_and_named() -> None:
    closed = Closed("Local elections", date(2014, 7, 28), date(2014, 8, 20))
    found = plan_back(
        TARGET, TODAY,
        diary(date(2014, 7, 2), date(2014, 8, 6), date(2014, 9, 10), closed=(closed,)),
        HOLIDAYS,
    )  # fmt: skip
    assert found.meeting == date(2014, 7, 2)
    assert found.left_out == (
        (
            "The meeting of 6 August 2014 is left out: it is in the pre-election period “Local "
            "elections”, 28 July 2014 to 20 August 2014."
        ),
    )


def test_where_the_dates_end_before_the_day_nobody_says_that_none_is_left() -> None:
    assert plan_back(TARGET, TODAY, diary(), HOLIDAYS).outcome == "no_dates"
    late = plan_back(TARGET, date(2014, 7, 10), diary(date(2014, 8, 6)), HOLIDAYS)
    assert (late.outcome, late.more_may_come) == ("no_dates", True)


def test_a_meeting_on_the_day_itself_counts_and_a_day_for_papers_of_its_own() -> None:
    own = Diary((Meeting(TARGET, date(2014, 8, 20)),), 20)
    found = plan_back(TARGET, TODAY, own, HOLIDAYS)
    assert (found.meeting, found.papers_on) == (TARGET, date(2014, 8, 20))
    assert "as entered for this meeting" in found.working


def test_plain_days_that_end_on_a_holiday_go_to_the_working_day_before() -> None:
    plain = Diary((Meeting(date(2014, 9, 1)),), 7, in_working_days=False)
    found = plan_back(TARGET, TODAY, plain, HOLIDAYS)
    assert found.papers_on == date(2014, 8, 22)
    assert "Nobody works on 25 August 2014, so it is 22 August 2014." in found.working


@given(DAYS, DAYS, st.lists(DAYS, max_size=12), st.integers(0, 40))
def test_no_meeting_that_can_be_reached_is_later_than_the_one_that_is_said(
    target: date, today: date, days: list[date], papers: int
) -> None:
    known = diary(*days, papers_days=papers or None)
    found = plan_back(target, today, known, HOLIDAYS)
    reached = [
        day for day in days
        if day <= target and today <= papers_day(Meeting(day), known, HOLIDAYS)
    ]  # fmt: skip
    assert found.meeting == max(reached, default=None)
    if found.outcome == "none_left":
        assert max(days) >= target


@given(DAYS, st.integers(1, 60))
def test_working_days_are_counted_back_as_they_are_counted_forth(on: date, many: int) -> None:
    papers = papers_day(Meeting(on), Diary((), many), HOLIDAYS)
    assert is_working_day(papers, HOLIDAYS)
    assert working_days_between(papers, on - timedelta(days=1), HOLIDAYS) == many - 1
