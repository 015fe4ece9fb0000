"""When a review is due, and how that date follows (A26). Dates are London calendar days."""

from __future__ import annotations

from datetime import date
from itertools import count

from agreements.models import Agreement, Review
from agreements.terms import ReviewTerm
from house.months import months_after
from nhsuk.dates import day
from nhsuk.words import spelled

# On the day, each week for four weeks, and from the second month on every month until it is held.
OVERDUE = ("days:0", "days:+7", "days:+14", "days:+21", "days:+28", "months:+2", "monthly")


def schedule_of(term: ReviewTerm) -> list[str]:
    """The offsets of a review's reminders: those ahead are a term of the agreement."""
    ahead = sorted(set(term.offsets_days), reverse=True)
    return [*(f"days:-{days}" for days in ahead), *OVERDUE]


def next_review_on(term: ReviewTerm, *, start_on: date | None, due_on: date, held_on: date) -> date:
    """The date that is offered for the next review: the first anniversary after both days.

    It is counted from the date of sign-off as long as the reviews keep to it, so that a review
    held late does not move the later ones and 29 February comes back in a leap year; otherwise
    from the day on which this one was due.
    """
    begin = start_on if start_on and _is_anniversary(due_on, start_on, term) else due_on
    return next(
        later
        for number in count(1)
        if (later := months_after(begin, number * term.after_months)) > max(due_on, held_on)
    )


def _is_anniversary(due_on: date, start_on: date, term: ReviewTerm) -> bool:
    months = (due_on.year - start_on.year) * 12 + due_on.month - start_on.month
    whole = months > 0 and months % term.after_months == 0
    return whole and months_after(start_on, months) == due_on


def working_of(agreement: Agreement, term: ReviewTerm, last: Review | None) -> str:
    """How the agreement's date of review follows; `last` is the review before, if there was one."""
    assert agreement.review_on  # noqa: S101 - asked where there is a date
    if last is None:
        return working_of_first(term, agreement.start_on, agreement.review_on)
    return working_of_next(
        term,
        start_on=agreement.start_on,
        due_on=last.due_on,
        held_on=last.held_on,
        next_on=last.next_on,
    )


def working_of_first(term: ReviewTerm, start_on: date | None, due_on: date) -> str:
    """How the date of the first review follows, as a sentence; otherwise it was set by hand."""
    if start_on and months_after(start_on, term.after_months) == due_on:
        return f"{_months(term)} after the date of sign-off, {day(start_on)}."
    return "The date of review that the signed MoU gives."


def working_of_next(
    term: ReviewTerm, *, start_on: date | None, due_on: date, held_on: date, next_on: date
) -> str:
    """How the date after a review follows, as a sentence."""
    if next_on == months_after(due_on, term.after_months):
        return f"{_months(term)} after the review that was due on {day(due_on)}."
    if next_on == next_review_on(term, start_on=start_on, due_on=due_on, held_on=held_on):
        return f"The next anniversary after the review held on {day(held_on)}."
    return f"Set by the parties at the review held on {day(held_on)}."


def _months(term: ReviewTerm) -> str:
    number = term.after_months
    return f"{spelled(number).capitalize()} {'month' if number == 1 else 'months'}"
