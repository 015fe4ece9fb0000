"""The dates of an agreement in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from agreements.models import Agreement
from agreements.terms import Terms
from deadlines.rules.distance import distance
from deadlines.rules.working_days import Holidays
from house.months import months_after
from nhsuk.dates import day
from nhsuk.words import plural


def date_rows(
    agreement: Agreement, terms: Terms, today: date, holidays: Holidays
) -> Iterator[tuple[str, str]]:
    """Date of sign-off, date of review, and what else is fixed; before signature, how they come."""
    start_on, review_on = agreement.start_on, agreement.review_on
    yield "Date of sign-off", day(start_on) or "The day of the last signature"
    yield "Date of review", _review(review_on, terms, today, holidays)
    if terms.minimum_months and start_on:
        yield "In force at least until", day(months_after(start_on, terms.minimum_months))
    if end_on := agreement.end_on:
        yield "End", f"{day(end_on)}, {distance(end_on, today, holidays)}"


def _review(review_on: date | None, terms: Terms, today: date, holidays: Holidays) -> str:
    if review_on is None:
        months = plural(terms.review.after_months, "month")
        return f"{months} after the date of sign-off"
    return f"{day(review_on)}, {distance(review_on, today, holidays)}"
