"""Whom an agreement is with: the names of the other parties, in short."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from nhsuk.words import plural
from parties.models import OrganisationName


def with_whom(others: Sequence[str]) -> str:
    """ "with Eastmoor CCG and 8 others"."""
    return f"with {in_short(others)}" if others else "with no other party"


def in_short(names: Sequence[str]) -> str:
    """The first, and how many more there are: "Eastmoor CCG and 8 others"."""
    more = len(names) - 1
    return names[0] + (f" and {plural(more, 'other')}" if more else "")


def current_names(organisations: Collection[int]) -> dict[int, str]:
    """What organisations are called today, by id (one query)."""
    rows = OrganisationName.objects.filter(organisation__in=list(organisations))
    names = dict.fromkeys(organisations, "an organisation without a name")
    seen: set[int] = set()
    for row in rows.order_by("starts_on", "pk"):
        if row.is_current or row.organisation_id not in seen:
            names[row.organisation_id] = row.name
            seen.add(row.organisation_id)
    return names
