"""How long one MoU is kept, and what is still open under many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.conf import settings

from agreements.models import Agreement, Hold
from agreements.retention.rules import kept_until
from house.rooms import rooms


def until_of(agreement: Agreement) -> date | None:
    """Until when it is kept at least; None for one that did not end, or never was in force (one
    query)."""
    if not has_ended(agreement) or agreement.last_day is None:
        return None
    longer = agreement.kept_longer.values_list("until", flat=True)
    return kept_until(agreement.last_day, settings.RETENTION_YEARS, longer)


def has_ended(agreement: Agreement) -> bool:
    """By a change that was recorded: not one that was stopped before it came into force, nor a
    registration that was withdrawn."""
    return bool(agreement.is_over and agreement.noticed_end_on and agreement.in_force_version_id)


def standing_holds(agreement: Agreement) -> list[Hold]:
    rows = Hold.objects.standing().filter(agreement=agreement)
    return list(rows.select_related("placed_for", "placed_by__person"))


def left_open(agreements: Collection[int]) -> Counter[int]:
    """Agreement id -> how many things are open under it, whoever may see them (a query a room)."""
    found: Counter[int] = Counter()
    for room in rooms():
        found.update(room.left_open(agreements))
    return found
