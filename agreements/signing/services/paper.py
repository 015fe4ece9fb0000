"""Signatures on paper: equal to those given here, once another person has seen the scan."""

from __future__ import annotations

from datetime import date

from agreements.core.asking_for import asks_for
from agreements.core.parties import parties_of, require_role, side_of
from agreements.core.telling import record, tell_managers
from agreements.models import (
    PAPER_LIFECYCLE,
    SIGNATURE_LIFECYCLE,
    PaperSignature,
    Signature,
    SignatureRequest,
)
from agreements.signing.services.ending import put_taken_back
from agreements.signing.services.in_force import come_into_force
from agreements.signing.services.notices import in_place_of, take_turns
from agreements.signing.services.repaired import note_repair
from agreements.signing.services.signing import (
    announce_signature,
    lock_out_for_signature,
    lock_request,
    lock_to_sign,
)
from agreements.signing.wanted import BOTH
from agreements.versions.steps import (
    await_check,
    chase_signature,
    keep_steps,
    scan_was_checked,
    stop_awaiting_check,
    stop_chasing_signature,
)
from deadlines.services.setting import set_together
from documents.storage import keep
from documents.uploads import BroughtPdf, Mended
from house import clock
from house.lifecycle import lock, move
from house.once import one_job
from house.refusals import NotYours, Refused
from parties.acting import Acting, with_roles_held
from parties.who import DRAFTERS, PAPER_CHECKERS


def record_paper(
    *,
    by: Acting,
    request: SignatureRequest,
    scan: bytes,
    signed_by: str,
    signed_on: date,
    mended: Mended | None = None,
    for_another: tuple[str, str] = ("", ""),
) -> PaperSignature:
    """Keeps the scan of a signature on paper for one's own party, or for one that one's own sent
    the text to and that has nobody here. It waits to be confirmed.

    `scan` is a PDF that was looked at already (documents.uploads); `mended` says of what it is a
    copy, where somebody compared the two; `for_another` names in whose place they signed and by
    what authority, where the paper says so. Raises Refused for a day to
    come, when the signature is there by now, and while the party's rejection stands.
    """
    require_role(by, DRAFTERS)
    sides = parties_of(request.version.agreement)
    if request.party_id not in asks_for(by, request.version, sides):
        raise NotYours("Each party records its own signatures.")
    if signed_on > clock.today():
        raise Refused(
            "Enter the date beside the signature: it cannot be in the future.", field="signed_on"
        )
    if bool(for_another[0]) != bool(for_another[1]):
        raise Refused(BOTH, field="authority" if for_another[0] else "in_place_of")
    with one_job():
        require_role(with_roles_held(by), DRAFTERS)
        version = lock_to_sign(request)
        move(request, "record_paper", lifecycle=SIGNATURE_LIFECYCLE)
        stop_chasing_signature(request)
        keep_steps(version)  # of one that was declined somebody else had to be asked
        name = f"{version.agreement.reference} version {version.label} signed on paper.pdf"
        paper = PaperSignature.objects.create(
            request=request,
            scan=keep(BroughtPdf(scan, mended), name=name),
            signed_by=signed_by,
            signed_on=signed_on,
            in_place_of=for_another[0],
            authority=for_another[1],
            recorded_by=by.who,
            recorded_at=clock.now(),
        )
        await_check(paper)
        note_repair(by=by, agreement=version.agreement, about=paper, file=paper.scan)
        _tell(by, paper, "paper_recorded", "paper_to_confirm", on=signed_on.isoformat())
    return paper


def confirm_paper(*, by: Acting, paper: PaperSignature) -> Signature:
    """Another person, of either party, has seen the scan: the signature counts from now on."""
    _check_second_person(by, paper)
    request = paper.request
    with one_job(), set_together():
        require_role(with_roles_held(by), PAPER_CHECKERS)
        version = lock_to_sign(request)
        lock(request)
        _check(paper, "confirm", by)
        move(request, "confirm_paper", lifecycle=SIGNATURE_LIFECYCLE)
        signature = Signature.objects.create(
            request=request,
            method=Signature.Method.PAPER,
            typed_name=paper.signed_by,
            sha256=version.sha256,
            user=paper.recorded_by,
            at=clock.now(),
            signed_on=paper.signed_on,
            paper=paper,
            in_place_of=paper.in_place_of,
            authority=paper.authority,
        )
        announce_signature(by, version, request, signature)
        take_turns(by, request)
        come_into_force(by=by, version=version)
    return signature


def reject_paper(*, by: Acting, paper: PaperSignature, because: str) -> None:
    """Another person says what is wrong with the scan. The signature is awaited again."""
    _check_second_person(by, paper)
    with one_job():
        lock_out_for_signature(paper.request)
        lock(paper.request)
        _check(paper, "reject", by, rejected_because=because)
        move(paper.request, "reject_paper", lifecycle=SIGNATURE_LIFECYCLE)
        chase_signature(paper.request)
        _tell(by, paper, "paper_rejected", "paper_rejected", because=because)


def withdraw_paper(*, by: Acting, paper: PaperSignature, because: str) -> None:
    """Who recorded it says why it is no signature after all, before the last one is given.

    Nobody looks at a scan that was still to be confirmed, and the signature is awaited again; one
    that counted no longer does. Raises NotYours for what somebody else recorded.
    """
    check_recorded(by, paper)
    with one_job(), set_together():
        require_role(with_roles_held(by), DRAFTERS)
        lock_out_for_signature(paper.request)
        current = lock_request(paper.request)
        if current.state == SignatureRequest.State.SIGNED and lock(paper).state == "confirmed":
            put_taken_back(by, current, because, verb="paper_withdrawn")
            return
        move(paper, "withdraw", lifecycle=PAPER_LIFECYCLE, rejected_because=because)
        move(current, "reject_paper", lifecycle=SIGNATURE_LIFECYCLE)
        stop_awaiting_check(paper)
        chase_signature(current)
        _tell(by, paper, "paper_withdrawn", "paper_withdrawn", because=because)


def check_recorded(by: Acting, paper: PaperSignature) -> None:
    """Raises NotYours for what somebody else recorded, or the same person for another party."""
    require_role(by, DRAFTERS)
    sides = parties_of(paper.request.version.agreement)
    own = paper.request.party_id in asks_for(by, paper.request.version, sides)
    if paper.recorded_by_id != by.user.pk or not own:
        raise NotYours("Only who recorded this scan may withdraw it.")


def may_check(by: Acting, paper: PaperSignature) -> bool:
    """Whether this person may say if the scan is right: anybody but who recorded it."""
    mine = paper.recorded_by_id == by.user.pk
    return not mine and PAPER_CHECKERS.includes(by)


def _check_second_person(by: Acting, paper: PaperSignature) -> None:
    require_role(by, PAPER_CHECKERS)
    side_of(paper.request.version.agreement, by)
    if not may_check(by, paper):
        raise Refused("You recorded this scan. Ask a colleague or another party to confirm it.")


def _check(paper: PaperSignature, step: str, by: Acting, **changes: str) -> None:
    move(
        paper,
        step,
        lifecycle=PAPER_LIFECYCLE,
        checked_by=by.who,
        checked_at=clock.now(),
        **changes,
    )
    scan_was_checked(paper)


def _tell(by: Acting, paper: PaperSignature, verb: str, kind: str, **data: str) -> None:
    request = paper.request
    happening = record(
        by=by,
        verb=verb,
        agreement=request.version.agreement,
        about=paper,
        label=request.version.label,
        who=paper.signed_by,
        party=request.party.name,
        **in_place_of(paper),
        **data,
    )
    tell_managers(of=happening, kind=kind, by=by)
