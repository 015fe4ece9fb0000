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
    """The days once terms `after` are in force, whose draft began with those `before`, from this
    day on (E09).

    A day that both texts say alike stays as it is by now: extended, or counted from a review that
    was held. A review that the new text says otherwise is counted from the new text's first day.
    From when the MoU has effect no text changes once it has.
    """
    review = after.review
    return Days(
        effective_on=_effective_on(now, before, after, on),
        end_on=now.end_on
        if after.period.ends_on == before.period.ends_on
        else after.period.ends_on,
        review_on=now.review_on
        if review == before.review
        else first_review_on(review, on) if review else None,
    )  # fmt: skip


def _effective_on(now: Days, before: Terms, after: Terms, on: date) -> date | None:
    has_begun = now.effective_on is None or now.effective_on <= on
    if has_begun or after.period.starts_on == before.period.starts_on:
        return now.effective_on
    # "From the date of sign-off": of this text it is the day on which all have signed it.
    return after.period.starts_on or on


def with_end_of_now(terms: Terms, end_on: date | None) -> Terms:
    """The terms that a variation begins with: with the end to which the parties extended it."""
    if terms.period.ends_on == end_on:
        return terms
    return terms.model_copy(update={"period": terms.period.model_copy(update={"ends_on": end_on})})
