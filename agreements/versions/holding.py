"""What a rejection does to the signatures asked of its party, and what an approval undoes."""

from __future__ import annotations

from agreements.core.due import SIGNATURE_AWAITED, key_of
from agreements.models import PaperSignature, Party, SignatureRequest, Version
from agreements.versions.steps import (
    await_check,
    chase_signature,
    stop_awaiting_checks,
    stop_chasing_signature,
)
from deadlines.models import Deadline


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
    """They are awaited again, from now on."""
    for request in _open(version, party):
        if request.state == SignatureRequest.State.ON_PAPER:
            for paper in request.paper_signatures.filter(state=PaperSignature.State.RECORDED):
                await_check(paper)
        else:
            chase_signature(request)


def _open(version: Version, party: Party) -> list[SignatureRequest]:
    requests = version.signature_requests.filter(party=party).exclude(state__in=["signed", "void"])
    found = list(requests.select_related("person"))
    for request in found:
        request.version, request.party = version, party
    return found
