"""What looks odd about a registered agreement: told, never refused (design record 0004)."""

from __future__ import annotations

from datetime import date

from agreements.core.parties import parties_of
from agreements.core.vacancies import vacancies
from agreements.models import Agreement
from nhsuk.dates import day


def findings_of(
    agreement: Agreement,
    *,
    approval_sought_on: date | None,
    signed_on: date,
    review_on: date,
    end_on: date | None,
    today: date,
) -> list[str]:
    """Sentences, the weightiest first; none when nothing looks odd."""
    found = []
    if approval_sought_on and approval_sought_on > signed_on:
        found.append(
            f"It was signed on {day(signed_on)}, before approval was sought on "
            f"{day(approval_sought_on)}. The approval is to be ratified."
        )
    if review_on < signed_on:
        found.append(
            f"The date of review, {day(review_on)}, is before the date of sign-off, "
            f"{day(signed_on)}."
        )
    elif review_on < today:
        found.append(f"The date of review, {day(review_on)}, has passed. Hold the review now.")
    if end_on and end_on < signed_on:
        found.append(f"It ends on {day(end_on)}, before it was signed on {day(signed_on)}.")
    return found + _about_parties(agreement, signed_on)


def _about_parties(agreement: Agreement, signed_on: date) -> list[str]:
    found = []
    for party in parties_of(agreement):
        organisation = party.organisation
        if organisation.opened_on and organisation.opened_on > signed_on:
            found.append(
                f"{party.name} opened on {day(organisation.opened_on)}, after the sign-off."
            )
        if organisation.closed_on:
            found.append(f"{party.name} closed on {day(organisation.closed_on)}.")
    return found + [vacancy.sentence for vacancy in vacancies(agreement)]
