"""Signatures on paper: equal to those given here, once another person has seen the scan."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from agreements.models import (
    PAPER_LIFECYCLE,
    SIGNATURE_LIFECYCLE,
    PaperSignature,
    Signature,
    SignatureRequest,
    Version,
)
from agreements.record import record
from agreements.rules.parties import require_role, side_of
from agreements.services.in_force import come_into_force
from agreements.services.signing import STATEMENT, announce_signature
from agreements.services.tell import tell_managers
from documents.models import StoredFile
from house import clock
from house.lifecycle import lock, move
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Role


def record_paper(
    *, by: Acting, request: SignatureRequest, scan: StoredFile, signed_by: str, signed_on: date
) -> PaperSignature:
    """Records the scan of a signature on paper for one's own party. It waits to be confirmed."""
    require_role(by, Role.EDITOR, Role.MANAGER)
    if side_of(request.version.agreement, by).pk != request.party_id:
        raise Refused("Record only signatures of your own party.")
    if signed_on > clock.today():
        raise Refused("Enter the date beside the signature: it cannot be in the future.",
                      field="signed_on")
    with transaction.atomic():
        _lock_out_for_signature(request)
        move(request, "record_paper", lifecycle=SIGNATURE_LIFECYCLE)
        paper = PaperSignature.objects.create(
            request=request, scan=scan, signed_by=signed_by, signed_on=signed_on,
            recorded_by=by.user, recorded_at=clock.now(),
        )
        happening = record(
            by=by, verb="paper_recorded", agreement=request.version.agreement, about=paper,
            label=request.version.label, who=signed_by, party=request.party.name,
            on=signed_on.isoformat(),
        )
        tell_managers(of=happening, kind="paper_to_confirm", by=by)
    return paper


def confirm_paper(*, by: Acting, paper: PaperSignature) -> Signature:
    """Another person, of either party, has seen the scan: the signature counts from now on."""
    _check_second_person(by, paper)
    request = paper.request
    with transaction.atomic():
        version = _lock_out_for_signature(request)
        move(paper, "confirm", lifecycle=PAPER_LIFECYCLE, checked_by=by.user,
             checked_at=clock.now())
        move(request, "confirm_paper", lifecycle=SIGNATURE_LIFECYCLE)
        signature = Signature.objects.create(
            request=request, method=Signature.Method.PAPER, typed_name=paper.signed_by,
            statement=STATEMENT.format(party=request.party.name), sha256=version.sha256,
            user=paper.recorded_by, at=clock.now(), signed_on=paper.signed_on, paper=paper,
        )
        announce_signature(by, version, request, signature)
        come_into_force(by=by, version=version)
    return signature


def reject_paper(*, by: Acting, paper: PaperSignature, because: str) -> None:
    """Another person says what is wrong with the scan. The signature is awaited again."""
    _check_second_person(by, paper)
    request = paper.request
    with transaction.atomic():
        _lock_out_for_signature(request)
        move(paper, "reject", lifecycle=PAPER_LIFECYCLE, checked_by=by.user,
             checked_at=clock.now(), rejected_because=because)
        move(request, "reject_paper", lifecycle=SIGNATURE_LIFECYCLE)
        happening = record(
            by=by, verb="paper_rejected", agreement=request.version.agreement, about=paper,
            label=request.version.label, who=paper.signed_by, because=because,
        )
        tell_managers(of=happening, kind="paper_rejected", by=by)


def _check_second_person(by: Acting, paper: PaperSignature) -> None:
    require_role(by, Role.EDITOR, Role.MANAGER, Role.SIGNATORY)
    side_of(paper.request.version.agreement, by)
    if paper.recorded_by_id == by.user.pk:
        raise Refused("You recorded this scan. Ask a colleague or the other party to confirm it.")


def _lock_out_for_signature(request: SignatureRequest) -> Version:
    version = lock(request.version)
    if version.state != Version.State.OUT_FOR_SIGNATURE:
        raise Refused(f"This version is {version.get_state_display().lower()} now.")
    return version
