"""Keeps `Access`, the wall's rows, equal to the truth."""

from __future__ import annotations

from datetime import date
from typing import Any

from agreements.models import Access, Agreement
from agreements.rules.vacancies import vacancies
from house.lifecycle import lock


def write_access(agreement: Agreement) -> None:
    """Writes the access rows of an agreement from its parties, state, dates and key contacts.

    Every service that changes one of these calls it, in its own transaction. An organisation that
    once held a side keeps its row: it may go on reading what it agreed.
    """
    # Read again under its lock, so that nobody writes back a state that another has just changed.
    agreement = lock(agreement)
    organisations = agreement.parties.values_list("spells__organisation_id", flat=True)
    truth = true_access(agreement)
    for organisation_id in set(organisations):
        Access.objects.update_or_create(
            organisation_id=organisation_id, agreement=agreement, defaults=truth
        )


def true_access(agreement: Agreement) -> dict[str, Any]:
    """What the access rows of an agreement have to say, from its own rows."""
    return {
        "state": agreement.state,
        "next_due_on": next_due_on(agreement),
        "vacant_roles": _vacant_roles(agreement),
    }


def next_due_on(agreement: Agreement) -> date | None:
    """The next date of an agreement in force: the review, for now."""
    return agreement.review_on if agreement.state == Agreement.State.IN_FORCE else None


def _vacant_roles(agreement: Agreement) -> int:
    """None count before there is a version, whose terms name the roles, and once it has ended."""
    if agreement.state == Agreement.State.ENDED or not agreement.versions.exists():
        return 0
    return len(vacancies(agreement))
