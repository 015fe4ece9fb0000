"""The dates of an agreement in words."""

from __future__ import annotations

from datetime import date

from agreements.models import Agreement
from agreements.terms import Terms
from deadlines.rules.distance import distance
from deadlines.rules.working_days import Holidays
from house.months import months_after
from nhsuk.components import SummaryRow
from nhsuk.dates import day
from nhsuk.words import plural


def date_rows(
    agreement: Agreement, terms: Terms, today: date, holidays: Holidays
) -> list[SummaryRow]:
    """Date of sign-off, date of review, and what else is fixed; before signature, how they come."""
    start_on, review_on = agreement.start_on, agreement.review_on
    rows = [
        SummaryRow("Date of sign-off", day(start_on) or "The day of the last signature"),
        SummaryRow("Date of review", _review(review_on, terms, today, holidays)),
    ]
    if terms.minimum_months and start_on:
        least = months_after(start_on, terms.minimum_months)
        rows.append(SummaryRow("In force at least until", day(least)))
    if agreement.end_on:
        rows.append(
            SummaryRow(
                "End", f"{day(agreement.end_on)}, {distance(agreement.end_on, today, holidays)}"
            )
        )
    return rows


def _review(review_on: date | None, terms: Terms, today: date, holidays: Holidays) -> str:
    if review_on is None:
        months = plural(terms.review.after_months, "month")
        return f"{months} after the date of sign-off"
    return f"{day(review_on)}, {distance(review_on, today, holidays)}"
