"""How long one MoU is kept, and what is still open under many."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.conf import settings

from agreements.models import Agreement, Hold, KeptLonger
from agreements.retention.rules import kept_until
from house.once import each_once


def until_of(agreement: Agreement) -> date | None:
    """Until when it is kept at least; None for one that did not end, or never was in force (one
    query)."""
    if not has_ended(agreement) or agreement.last_day is None:
        return None
    return kept_until(
        agreement.last_day, settings.RETENTION_YEARS, longer([agreement.pk])[agreement.pk]
    )


@each_once(KeptLonger)
def longer(agreements: Collection[int]) -> dict[int, list[date]]:
    """Agreement id -> the days until which parties decided to keep it (one query)."""
    found: dict[int, list[date]] = {pk: [] for pk in agreements}
    for pk, until in KeptLonger.objects.filter(agreement__in=found).values_list(
        "agreement", "until"
    ):
        found[pk].append(until)
    return found


@each_once(Hold)
def held(agreements: Collection[int]) -> dict[int, bool]:
    """Agreement id -> whether a hold stands (one query)."""
    standing = Hold.objects.standing().filter(agreement__in=agreements)
    held_ones = set(standing.values_list("agreement", flat=True))
    return {pk: pk in held_ones for pk in agreements}


def has_ended(agreement: Agreement) -> bool:
    """By a change that was recorded: not one that was stopped before it came into force, nor a
    registration that was withdrawn."""
    return bool(agreement.is_over and agreement.noticed_end_on and agreement.in_force_version_id)
