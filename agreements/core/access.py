"""Keeps `Access`, the wall's rows, equal to the truth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from agreements.core.next_dates import NextDate, next_dates
from agreements.core.vacancies import vacancies
from agreements.models import Access, Agreement
from house.lifecycle import lock


def write_access(agreement: Agreement) -> None:
    """Writes the access rows of an agreement from its parties, state, dates and key contacts.

    Every service that changes one of these calls it, in its own transaction. An organisation that
    once held a side keeps its row: it may go on reading what it agreed.
    """
    # Read again under its lock, so that nobody writes back a state that another has just changed.
    agreement = lock(agreement)
    organisations = agreement.parties.values_list("spells__organisation_id", flat=True)
    truth = true_access(agreement, set(organisations))
    for organisation_id, told in truth.items():
        Access.objects.update_or_create(
            organisation_id=organisation_id, agreement=agreement, defaults=told
        )


def true_access(agreement: Agreement, organisations: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What each organisation's access row has to say, from the rows of agreement and deadlines."""
    shared = {"state": agreement.state, "vacant_roles": _vacant_roles(agreement)}
    nearest = next_dates([agreement])
    return {
        organisation: shared | asdict(nearest.get((organisation, agreement.pk), NextDate()))
        for organisation in organisations
    }


def _vacant_roles(agreement: Agreement) -> int:
    """None count before there is a version, whose terms name the roles, and once it has ended."""
    if agreement.is_over or not agreement.versions.exists():
        return 0
    return len(vacancies(agreement))
