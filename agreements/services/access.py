"""Keeps `Access`, the wall's rows, equal to the truth."""

from __future__ import annotations

from datetime import date

from agreements.models import Access, Agreement


def write_access(agreement: Agreement) -> None:
    """Writes the access rows of an agreement from its parties, state and dates.

    Every service that changes one of these calls it, in its own transaction. An organisation that
    once held a side keeps its row: it may go on reading what it agreed.
    """
    organisations = agreement.parties.values_list("spells__organisation_id", flat=True)
    for organisation_id in set(organisations):
        Access.objects.update_or_create(
            organisation_id=organisation_id,
            agreement=agreement,
            defaults={"state": agreement.state, "next_due_on": next_due_on(agreement)},
        )


def next_due_on(agreement: Agreement) -> date | None:
    """The next date of an agreement in force: the review, for now."""
    return agreement.review_on if agreement.state == Agreement.State.IN_FORCE else None
