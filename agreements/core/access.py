"""Keeps `Access`, the wall's rows, equal to the truth, each with its nearest date; and with them
which organisations have agreements with each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from itertools import permutations
from typing import Any

from django.db import transaction

from agreements.core.parties import vacancies
from agreements.models import Access, Agreement, OtherParty
from deadlines.models import Holder


@dataclass(frozen=True)
class NextDate:
    """The day that is nearest and the kind of what is due then; neither where nothing is due."""

    next_due_on: date | None = None
    next_due_kind: str = ""


def write_next_dates(references: Iterable[str]) -> None:
    """Writes the nearest dates of these agreements, in the transaction that set or closed one.

    Locked agreement by agreement in one order, as every service locks them: two that change dates
    of one agreement at the same time wait for each other, and the later one sees both.
    """
    with transaction.atomic(savepoint=False):
        found = Agreement.objects.filter(reference__in=sorted(references)).order_by("reference")
        agreements = list(found.select_for_update(no_key=True))
        nearest = next_dates(agreements)
        rows = Access.objects.filter(agreement__in=agreements).order_by("agreement_id", "pk")
        changed = []
        for row in rows:
            truth = nearest.get((row.organisation_id, row.agreement_id), NextDate())
            if (row.next_due_on, row.next_due_kind) != (truth.next_due_on, truth.next_due_kind):
                row.next_due_on, row.next_due_kind = truth.next_due_on, truth.next_due_kind
                changed.append(row)
        Access.objects.bulk_update(changed, ["next_due_on", "next_due_kind"])


def next_dates(agreements: Iterable[Agreement]) -> dict[tuple[int, int], NextDate]:
    """(organisation, agreement) -> the nearest open date it has to see to (one query).

    What it only watches is somebody else's to do, and an agreement that has ended has no dates.
    """
    alive = {a.reference: a.pk for a in agreements if not a.is_over}
    rows = Holder.objects.filter(
        is_open=True, watches=False, due_on__isnull=False, deadline__concerned__reference__in=alive
    ).order_by("-due_on", "-deadline_id")
    return {
        (organisation, alive[reference]): NextDate(due_on, kind)
        for organisation, reference, due_on, kind in rows.values_list(
            "organisation_id", "deadline__concerned__reference", "due_on", "deadline__kind"
        )
    }


def write_access(agreement: Agreement) -> None:
    """Writes the access rows of an agreement from its parties, state, dates and key contacts.

    Every service that changes one of these calls it with the agreement as it is under its lock, so
    that nobody writes back a state that another has just changed. An organisation that once held a
    side keeps its row: it may go on reading what it agreed.
    """
    organisations = set(agreement.parties.values_list("spells__organisation_id", flat=True))
    truth = true_access(agreement, organisations)
    rows = [
        Access(organisation_id=organisation, agreement=agreement, **told)
        for organisation, told in truth.items()
    ]
    Access.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["organisation", "agreement"],
        update_fields=["words", "state", "vacant_roles", "next_due_on", "next_due_kind"],
    )  # fmt: skip
    # In one order: two that begin the first agreements of the same pair do not wait in a circle.
    pairs = permutations(sorted(organisations), 2)
    OtherParty.objects.bulk_create(
        [OtherParty(organisation_id=one, other_id=other) for one, other in pairs],
        ignore_conflicts=True,
    )


def true_access(agreement: Agreement, organisations: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What each organisation's access row has to say, from the rows of agreement and deadlines."""
    shared = {
        "words": words_of(agreement.title, agreement.reference),
        "state": agreement.state,
        "vacant_roles": _vacant_roles(agreement),
    }
    nearest = next_dates([agreement])
    return {
        organisation: shared | asdict(nearest.get((organisation, agreement.pk), NextDate()))
        for organisation in organisations
    }


def words_of(title: str, reference: str) -> str:
    """By what an agreement is found, alike on every database: no letter is large or small."""
    return f"{title} {reference}".casefold()


def _vacant_roles(agreement: Agreement) -> int:
    """None count before there is a version, whose terms name the roles, and once it has ended."""
    if agreement.is_over:
        return 0
    has_terms = agreement.in_force_version_id or agreement.versions.exists()
    return len(vacancies(agreement)) if has_terms else 0
