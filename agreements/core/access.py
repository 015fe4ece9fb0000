"""Keeps `Access`, the wall's rows, equal to the truth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from agreements.core.next_dates import NextDate, next_dates
from agreements.core.vacancies import vacancies
from agreements.models import Access, Agreement


def write_access(agreement: Agreement) -> None:
    """Writes the access rows of an agreement from its parties, state, dates and key contacts.

    Every service that changes one of these calls it with the agreement as it is under its lock, so
    that nobody writes back a state that another has just changed. An organisation that once held a
    side keeps its row: it may go on reading what it agreed.
    """
    organisations = agreement.parties.values_list("spells__organisation_id", flat=True)
    truth = true_access(agreement, set(organisations))
    rows = [
        Access(organisation_id=organisation, agreement=agreement, **told)
        for organisation, told in truth.items()
    ]
    Access.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["organisation", "agreement"],
        update_fields=["state", "vacant_roles", "next_due_on", "next_due_kind"],
    )  # fmt: skip


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
    if agreement.is_over:
        return 0
    has_terms = agreement.in_force_version_id or agreement.versions.exists()
    return len(vacancies(agreement)) if has_terms else 0
