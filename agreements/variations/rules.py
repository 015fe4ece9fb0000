"""What the days of an MoU are once its text is varied: they stay unless the new text says so.

Days are London's. Nothing of the past is rewritten: the start, the MoU year and what was held stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from agreements.terms import Terms, first_review_on


@dataclass(frozen=True)
class Days:
    """The days that follow from an agreement's terms."""

    effective_on: date | None
    end_on: date | None
    review_on: date | None


def days_after(now: Days, before: Terms, after: Terms, on: date) -> Days:
    """The days once terms `after` replace those `before`, on this day (E09).

    A day that both texts say alike stays as it is by now: extended, or counted from a review that
    was held. A review that the new text says otherwise is counted from the new text's first day.
    """
    review = after.review
    return Days(
        effective_on=now.effective_on
        if after.period.starts_on == before.period.starts_on
        else after.period.starts_on,
        end_on=now.end_on
        if after.period.ends_on == before.period.ends_on
        else after.period.ends_on,
        review_on=now.review_on
        if review == before.review
        else first_review_on(review, on) if review else None,
    )  # fmt: skip


def with_end_of_now(terms: Terms, end_on: date | None) -> Terms:
    """The terms that a variation begins with: with the end to which the parties extended it."""
    if terms.period.ends_on == end_on:
        return terms
    return terms.model_copy(update={"period": terms.period.model_copy(update={"ends_on": end_on})})
