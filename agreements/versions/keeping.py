"""Whether each version was approved as its text asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from agreements.core.approval import ApprovalStanding, standings
from agreements.core.parties import versions_in_force
from agreements.models import Agreement, Approval, Version
from agreements.versions.queries import approvals_by_version
from house.room import Evidence, Keeping
from nhsuk.dates import day

KEY = "approval"


def keepings(agreements: Iterable[Agreement]) -> dict[int, Keeping]:
    """Agreement id -> the answer, for those that were ever in force (one query)."""
    signed = versions_in_force(agreements)
    approvals = approvals_by_version(frozenset(version.pk for version in signed))
    return {version.agreement_id: _keeping(version, approvals[version.pk]) for version in signed}


def _keeping(version: Version, approvals: Sequence[Approval]) -> Keeping:
    rows = standings(version, version.agreement.sides, approvals)
    asked = [row for row in rows if row.route.route != "none"]
    if version.agreement.is_registered and not approvals:
        return Keeping("nothing_yet", "It was approved before it was registered here.")
    if not asked:
        return Keeping("nothing_yet", "By its terms nobody's approval is needed.")
    open_ones = [row.party.name for row in asked if not row.is_given]
    if open_ones:
        sentence = f"The approval of {' and '.join(open_ones)} is still to be recorded."
        return Keeping("due", sentence, _decisions(version, asked))
    return Keeping("kept", "Each party approved it.", _decisions(version, asked))


def _decisions(version: Version, rows: Iterable[ApprovalStanding]) -> tuple[Evidence, ...]:
    page = reverse("agreements:version", args=[version.agreement.reference, version.seq])
    return tuple(
        Evidence(f"{row.route.name}, {day(row.latest.decided_on)}", f"{page}#approvals")
        for row in rows
        if row.latest and row.is_given
    )
