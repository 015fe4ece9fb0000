"""Approvals and signatures of one version in short: a row for each party."""

from __future__ import annotations

from agreements.core.approval import ApprovalStanding, standings
from agreements.core.situations import Situation
from agreements.models import Version
from agreements.page.queries import requests_of
from agreements.versions.queries import approvals_of
from agreements.versions.rows import SignatureRow
from nhsuk.components import Tag


def approval_tag(row: ApprovalStanding) -> Tag:
    if row.latest is None:
        return Tag("Not decided", "yellow")
    return Tag(row.latest.get_decision_display(), "green" if row.is_given else "yellow")


def rows_of(version: Version, situation: Situation) -> list[tuple[ApprovalStanding, SignatureRow]]:
    """One row for each signature that the terms ask for; a party with one has one row."""
    if version == situation.version:
        approvals = [a for a in situation.approvals if a.version_id == version.pk]
        requests = situation.requests
    else:
        approvals, requests = approvals_of(version), requests_of(version)
    asked = {(request.party_id, request.slot): request for request in requests}
    return [
        (row, SignatureRow(row.party.name, each.label, asked.get((row.party.pk, each.key))))
        for row in standings(version, situation.parties, approvals)
        for each in version.typed_terms.signatories_of(row.party.slot)
    ]
