"""When reviews are due: whatever the day, 29 February and the ends of months too."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.models import Agreement, Review
from agreements.reviews.queries import next_review_on, schedule_of, working_of
from agreements.terms import Days, ReviewTerm
from house.clock import months_after

YEARLY = ReviewTerm(after_months=12, offsets_days=(180, 120, 60, 30))
days = st.dates(date(1995, 1, 1), date(2079, 12, 31))
every = st.integers(1, 48)


@given(every, days, st.integers(1, 8), st.integers(-400, 2_000))
def test_the_next_is_an_anniversary_later_than_both_days(
    every: int, start_on: date, number: int, late: int
) -> None:
    due_on = months_after(start_on, number * every)
    held_on = due_on + timedelta(days=late)
    later = next_review_on(every, start_on=start_on, due_on=due_on, held_on=held_on)
    assert later > max(due_on, held_on)
    months = (later.year - start_on.year) * 12 + later.month - start_on.month
    assert months % every == 0
    assert later == months_after(start_on, months)
    # It is the first of them.
    assert months_after(start_on, months - every) <= max(due_on, held_on)


@given(every, days, days, st.integers(0, 400))
def test_a_date_set_by_hand_is_counted_on_from(
    every: int, start_on: date, due_on: date, late: int
) -> None:
    held_on = due_on + timedelta(days=late)
    later = next_review_on(every, start_on=None, due_on=due_on, held_on=held_on)
    assert later > held_on
    assert later.day <= due_on.day
    with_start = next_review_on(every, start_on=start_on, due_on=due_on, held_on=held_on)
    assert with_start > held_on


@pytest.mark.parametrize(
    ("start_on", "due_on", "held_on", "later"),
    [
        # On time, late within the year, more than a year late, ahead of time.
        (date(2013, 9, 3), date(2014, 9, 3), date(2014, 9, 3), date(2015, 9, 3)),
        (date(2013, 9, 3), date(2014, 9, 3), date(2014, 12, 1), date(2015, 9, 3)),
        (date(2013, 9, 3), date(2014, 9, 3), date(2016, 1, 5), date(2016, 9, 3)),
        (date(2013, 9, 3), date(2014, 9, 3), date(2014, 7, 1), date(2015, 9, 3)),
        # 29 February comes back in a leap year.
        (date(2016, 2, 29), date(2019, 2, 28), date(2019, 2, 28), date(2020, 2, 29)),
        # The parties had moved it to a day of their own.
        (date(2013, 9, 3), date(2014, 10, 20), date(2014, 10, 20), date(2015, 10, 20)),
    ],
)
def test_the_next_date_of_review(start_on: date, due_on: date, held_on: date, later: date) -> None:
    assert next_review_on(12, start_on=start_on, due_on=due_on, held_on=held_on) == later


def test_the_reminders_ahead_are_a_term_of_the_agreement() -> None:
    ahead = schedule_of(ReviewTerm(after_months=12, offsets_days=(30, 90, 30)))
    assert ahead[:3] == ["days:-90", "days:-30", "days:0"]
    assert schedule_of(YEARLY)[:5] == ["days:-180", "days:-120", "days:-60", "days:-30", "days:0"]
    assert schedule_of(YEARLY)[-6:] == [
        "days:+7", "days:+14", "days:+21", "days:+28", "months:+2", "monthly",
    ]  # fmt: skip


def test_how_the_date_of_the_first_review_follows_is_said() -> None:
    def said(term: ReviewTerm, due: date) -> str:
        return working_of(Agreement(start_on=date(2013, 9, 3), review_on=due), term, None)

    assert said(YEARLY, date(2014, 9, 3)) == (
        "Twelve months after the date of sign-off, 3 September 2013."
    )
    assert said(ReviewTerm(after_months=18), date(2015, 3, 3)).startswith("18 months after")
    assert said(YEARLY, date(2014, 10, 1)) == "The date of review that the signed MoU gives."
    december = ReviewTerm(in_month="2014-12")
    assert said(december, date(2014, 12, 31)) == (
        "The text puts the first review in December 2014."
    )


def test_how_the_date_after_a_review_follows_is_said() -> None:
    def said(held: date, later: date) -> str:
        agreement = Agreement(start_on=date(2013, 9, 3), review_on=later)
        last = Review(due_on=date(2014, 9, 3), held_on=held, next_on=later)
        return working_of(agreement, YEARLY, last)

    assert said(date(2014, 9, 20), date(2015, 9, 3)) == (
        "Twelve months after the review that was due on 3 September 2014."
    )
    assert said(date(2014, 9, 20), date(2015, 1, 9)) == (
        "Set by the parties at the review held on 20 September 2014."
    )
    assert said(date(2016, 1, 5), date(2016, 9, 3)) == (
        "The next anniversary after the review held on 5 January 2016."
    )


@pytest.mark.parametrize(
    ("term", "told"),
    [
        (ReviewTerm(in_month="2012-12", offsets_days=(60,)), [-90, -30]),
        (ReviewTerm(in_month="2016-02", offsets_days=()), [-28]),
        (
            ReviewTerm(
                within=Days(first=date(2012, 12, 1), last=date(2013, 1, 31)), offsets_days=(14,)
            ),
            [-75, -61],
        ),
        (ReviewTerm(on=date(2012, 12, 31), offsets_days=(60,)), [-60]),
    ],
)
def test_a_month_or_a_period_is_warned_of_before_and_due_from_its_first_day(
    term: ReviewTerm, told: list[int]
) -> None:
    """By its last day; late after that."""
    ahead = [offset for offset in schedule_of(term) if offset.startswith("days:-")]
    assert ahead == [f"days:{days}" for days in told]
    assert "days:0" in schedule_of(term)
