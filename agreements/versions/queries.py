"""What was decided about versions."""

from __future__ import annotations

from agreements.models import Approval, Version
from house.once import once_a_page


def approvals_of(version: Version) -> list[Approval]:
    return approvals_by_version(frozenset([version.pk]))[version.pk]


@once_a_page
def approvals_by_version(versions: frozenset[int]) -> dict[int, list[Approval]]:
    """Version id -> its approvals in the order of their days (one query a page)."""
    found: dict[int, list[Approval]] = {pk: [] for pk in versions}
    for approval in Approval.objects.filter(version__in=versions).order_by("decided_on", "pk"):
        found[approval.version_id].append(approval)
    return found
