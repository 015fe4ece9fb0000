"""Approvals and signatures of one version in short: a row for each party."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from agreements.core.approval import Standing, standings
from agreements.core.situations import Situation
from agreements.models import Approval, Party, SignatureRequest, Version
from agreements.page.queries.page import requests_of
from agreements.terms import Signatory
from agreements.versions.queries import approvals_of
from nhsuk.components import Cell, Column, Tag
from nhsuk.dates import day

COLUMNS = [Column("Party"), Column("Approval"), Column("Signature")]
_SAID = {
    "asked": Tag("Asked to sign", "yellow"),
    "not_ready": Tag("Not ready to sign", "orange"),
    "on_paper": Tag("On paper, to be confirmed", "yellow"),
}


def rows_of(version: Version, situation: Situation) -> list[list[Cell]]:
    """One row for each signature that the terms ask for; a party with one has one row."""
    if version == situation.version:
        approvals = [a for a in situation.approvals if a.version_id == version.pk]
        return _rows(version, situation.parties, approvals, situation.requests)
    return _rows(version, situation.parties, approvals_of(version), requests_of(version))


def _rows(
    version: Version,
    parties: Sequence[Party],
    approvals: Iterable[Approval],
    requests: Iterable[SignatureRequest],
) -> list[list[Cell]]:
    asked = {(request.party_id, request.slot): request for request in requests}
    terms = version.typed_terms
    return [
        [Cell(row.party.name), _approval(row), _signature(signatory, asked, row.party)]
        for row in standings(version, parties, approvals)
        for signatory in terms.signatories_of(row.party.slot)
    ]


def _approval(row: Standing) -> Cell:
    if row.route.route == "none":
        return Cell("No approval is needed")
    if row.latest is None:
        return Cell(tag=Tag("Not decided", "yellow"), under=row.route.name)
    tag = Tag(row.latest.get_decision_display(), "green" if row.is_given else "yellow")
    reference = row.latest.minute_reference
    minute = f", minute {reference}" if reference else ""
    return Cell(tag=tag, under=f"{row.route.name}, {day(row.latest.decided_on)}{minute}")


def _signature(
    signatory: Signatory, asked: dict[tuple[int, str], SignatureRequest], party: Party
) -> Cell:
    request = asked.get((party.pk, signatory.key))
    if request is None:
        return Cell(tag=Tag("Not asked yet", "grey"), under=signatory.label)
    if signature := getattr(request, "signature", None):
        how = ", on paper" if signature.paper_id else ""
        under = f"{signature.typed_name}, {signatory.label}, {day(signature.signed_on)}{how}"
        return Cell(tag=Tag("Signed", "green"), under=under)
    under = f"{request.person.name}, {signatory.label}, asked on {day(request.asked_at)}"
    return Cell(tag=_SAID.get(request.state), under=under)
