"""What a decision does to the signatures that are asked for: a rejection holds those of its party,
changes that are asked for hold the asking of all; an approval lets them go on."""

from __future__ import annotations

from agreements.core.carrying import asking_changes
from agreements.core.due import SIGNATURE_AWAITED, key_of
from agreements.core.parties import parties_of
from agreements.core.rejections import standing_of
from agreements.core.states import ApprovalStanding
from agreements.models import PaperSignature, Party, SignatureRequest, Version
from agreements.versions.steps import (
    await_check,
    chase_signature,
    stop_awaiting_checks,
    stop_chasing_signature,
)
from deadlines.models import Deadline


def hold_or_go_on(version: Version, before: ApprovalStanding, *, changes_before: bool) -> bool:
    """After a decision of one party. Returns whether it ended a rejection.

    `changes_before`: whether some party asked for changes before it.
    """
    now, changes = standing_of(version, before.party), bool(asking_changes(version))
    if changes and not changes_before:
        stop_asking(version)
    if now.rejection and not before.rejection:
        hold_signatures(version, before.party)
    if changes_before and not changes:
        for party in parties_of(version.agreement):
            await_signatures(version, party)
    elif before.rejection and not now.rejection:
        await_signatures(version, before.party)
    return bool(before.rejection and not now.rejection)


def stop_asking(version: Version) -> None:
    """The text has to change: nobody is reminded to sign it. What is signed stays."""
    for party in parties_of(version.agreement):
        for request in _open(version, party):
            stop_chasing_signature(request)


def hold_signatures(version: Version, party: Party) -> bool:
    """Nobody is reminded of them, and no scan of one waits to be confirmed. Whether one was."""
    requests = _open(version, party)
    keys = [key_of(request) for request in requests]
    chased = Deadline.objects.still_open().filter(kind=SIGNATURE_AWAITED, subject_key__in=keys)
    were_chased = chased.exists()
    for request in requests:
        stop_chasing_signature(request)
        stop_awaiting_checks(request)
    return were_chased


def await_signatures(version: Version, party: Party) -> None:
    """They are awaited again, from now on; not while the party's rejection stands."""
    if standing_of(version, party).rejection:
        return
    for request in _open(version, party):
        if request.state == SignatureRequest.State.ON_PAPER:
            for paper in request.paper_signatures.filter(state=PaperSignature.State.RECORDED):
                await_check(paper)
        else:
            chase_signature(request)


def _open(version: Version, party: Party) -> list[SignatureRequest]:
    requests = version.signature_requests.filter(party=party).live().exclude(state="signed")
    found = list(requests.select_related("person"))
    for request in found:
        request.version, request.party = version, party
    return found
