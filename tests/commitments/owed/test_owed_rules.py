"""When something is owed and how each time stands, as pure functions of days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from commitments.owed.rules import Counting, asked_since, state_of

STARTS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
CADENCES = st.sampled_from(["monthly", "quarterly", "twice_a_year", "yearly"])
DAYS = st.integers(0, 3_000)


def counting(start: date, cadence: str, **more: object) -> Counting:
    return Counting(cadence, start, start, **more)  # type: ignore[arg-type]


@given(start=STARTS, cadence=CADENCES, days=DAYS, of_april=st.booleans())
def test_periods_follow_one_another_and_the_next_is_the_next(
    start: date, cadence: str, days: int, of_april: bool
) -> None:
    owed, today = counting(start, cadence, by_financial_year=of_april), start + timedelta(days=days)
    found, following = owed.until(today), owed.after(today)
    assert following
    firsts = sorted({each.first for each in [*found, following]})
    ends = {each.first: each.last for each in [*found, following]}
    assert all(start <= each.first <= today for each in found)
    for first, second in pairwise(firsts):
        assert ends[first] + timedelta(days=1) == second
    assert following.begins > today
    assert len({each.key for each in found}) == len(found)


@given(start=STARTS, days=DAYS)
def test_a_financial_year_is_owed_whole(start: date, days: int) -> None:
    owed = counting(start, "yearly", by_financial_year=True)
    for each in owed.until(start + timedelta(days=days)):
        assert (each.first.month, each.first.day) == (4, 1)
        assert (each.last.month, each.last.day) == (3, 31)


def test_years_from_29_february_and_months_from_the_31st() -> None:
    years = counting(date(2012, 2, 29), "yearly").until(date(2016, 3, 1))
    assert [(each.first, each.on) for each in years] == [
        (date(2012, 2, 29), date(2013, 2, 27)), (date(2013, 2, 28), date(2014, 2, 27)),
        (date(2014, 2, 28), date(2015, 2, 27)), (date(2015, 2, 28), date(2016, 2, 28)),
        (date(2016, 2, 29), date(2017, 2, 27)),
    ]  # fmt: skip
    months = counting(date(2013, 1, 31), "monthly").until(date(2013, 3, 31))
    assert [(each.first, each.on) for each in months] == [
        (date(2013, 1, 31), date(2013, 2, 27)), (date(2013, 2, 28), date(2013, 3, 30)),
        (date(2013, 3, 31), date(2013, 4, 29)),
    ]  # fmt: skip


def test_several_in_a_year_are_numbered_and_due_with_its_last_day() -> None:
    owed = counting(date(2013, 4, 1), "n_a_year", per_year=3)
    assert [(each.number, each.on) for each in owed.until(date(2013, 4, 1))] == [
        (1, date(2014, 3, 31)), (2, date(2014, 3, 31)), (3, date(2014, 3, 31)),
    ]  # fmt: skip
    assert owed.after(date(2013, 4, 1)).first == date(2014, 4, 1)  # type: ignore[union-attr]


def test_nothing_is_owed_from_before_it_was_watched_or_after_it_ended() -> None:
    owed = Counting("quarterly", date(2010, 1, 1), date(2013, 5, 1), ended_on=date(2013, 10, 1))
    found = owed.until(date(2014, 6, 1))
    assert [each.on for each in found] == [date(2013, 6, 30), date(2013, 9, 30)]


def test_a_timetable_says_the_days_and_without_one_there_are_none() -> None:
    lines = ((date(2014, 4, 1), date(2014, 4, 30), date(2014, 3, 25)),)
    owed = counting(date(2014, 3, 1), "monthly", timetable=lines)
    assert owed.until(date(2014, 2, 21)) == []
    [april] = owed.until(date(2014, 2, 22))
    assert (april.on, april.key) == (date(2014, 3, 25), "2014-04-01-1")
    assert counting(date(2014, 3, 1), "monthly", timetable=()).until(date(2020, 1, 1)) == []
    assert counting(date(2014, 3, 1), "monthly", timetable=()).after(date(2020, 1, 1)) is None


def test_one_day_moves_and_stays_the_same_time() -> None:
    first = counting(date(2017, 1, 1), "once", due_on=date(2017, 12, 31)).until(date(2017, 6, 1))
    moved = counting(date(2017, 1, 1), "once", due_on=date(2018, 1, 31)).until(date(2017, 6, 1))
    assert [each.key for each in first] == [each.key for each in moved] == ["2017-01-01-1"]
    assert counting(date(2017, 1, 1), "once").until(date(2030, 1, 1)) == []
    assert counting(date(2017, 1, 1), "as_required").until(date(2030, 1, 1)) == []


@given(start=STARTS, days=DAYS, done=DAYS)
def test_what_is_done_after_its_day_is_late_and_what_is_not_done_is_missed_from_the_next_day(
    start: date, days: int, done: int
) -> None:
    due = counting(start, "once", due_on=start + timedelta(days=1_500)).until(start)[0]
    today, done_on = start + timedelta(days=days), start + timedelta(days=done)
    assert state_of(due, "", None, today) == ("due" if today <= due.on else "missed")
    assert state_of(due, "done", done_on, today) == ("met" if done_on <= due.on else "late")
    assert state_of(due, "excluded", None, today) == "excluded"
    assert state_of(due, "missed", None, start) == "missed"
    assert state_of(due, "", None, start - timedelta(days=1)) == "not_due"


def test_an_answer_counts_from_the_time_before_at_which_they_were_asked() -> None:
    start, first, second = date(2013, 9, 3), date(2014, 3, 3), date(2014, 9, 3)
    assert asked_since([], start) == (None, start)
    assert asked_since([date(2013, 1, 1)], start) == (None, start)
    assert asked_since([first], start) == (first, start)
    assert asked_since([second, first], start) == (second, first + timedelta(days=1))
    assert asked_since([second, second - timedelta(days=40)], start) == (second, start)
