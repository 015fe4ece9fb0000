"""The versions of an agreement, and what was decided about them."""

from __future__ import annotations

from agreements.models import Agreement, Approval, Version
from house.once import once_a_page


@once_a_page
def versions_of(agreement: Agreement) -> list[Version]:
    """All versions, the newest first, with their authors and seals at hand (two queries)."""
    versions = agreement.versions.select_related("author__person", "seal__file")
    found = list(versions.order_by("-seq"))
    for version in found:
        version.agreement = agreement
    return found


def approvals_of(version: Version) -> list[Approval]:
    return approvals_by_version(frozenset([version.pk]))[version.pk]


@once_a_page
def approvals_by_version(versions: frozenset[int]) -> dict[int, list[Approval]]:
    """Version id -> its approvals in the order of their days (one query a page)."""
    found: dict[int, list[Approval]] = {pk: [] for pk in versions}
    for approval in Approval.objects.filter(version__in=versions).order_by("decided_on", "pk"):
        found[approval.version_id].append(approval)
    return found
