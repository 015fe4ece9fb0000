"""What ends before a version is signed by all: a request is changed or withdrawn, somebody declines
or withdraws the signature that they gave (record 0062). Every end stops the reminders."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from agreements.core.asking_for import MAY_CHANGE, check_asks_for
from agreements.core.in_groups import put_in_digest
from agreements.core.parties import require_role
from agreements.core.recipients import of_people
from agreements.core.sides import concerned_by
from agreements.core.telling import tell, tell_managers
from agreements.models import SIGNATURE_LIFECYCLE, Happening, SignatureRequest, Version
from agreements.signing.by_link import SIGN, TAKEN_BACK, link_of
from agreements.signing.services.notices import ask, note
from agreements.signing.services.signing import (
    check_is_asked,
    is_asked,
    lock_out_for_signature,
    lock_request,
)
from agreements.signing.wanted import check_day
from agreements.versions.steps import chase_signature, keep_steps, stop_chasing_signature
from deadlines.services.setting import set_together
from house import clock
from house.lifecycle import move, move_locked
from house.once import one_job
from house.refusals import NotYours, Refused
from mail.links.sending import recall
from parties.acting import Acting, with_roles_held
from parties.who import MANAGERS

State = SignatureRequest.State
NOT_OPEN: Final = "This signature is not asked for any more, so nothing was changed."


def change_request(
    *, by: Acting, request: SignatureRequest, sign_by: date | None, message: str,
    at_once: bool = False,
) -> str:  # fmt: skip
    """Another day to sign by or none, another message; `at_once` ends the waiting for one's turn.

    Whoever is asked is told of the day, and reminded by it. Gives a sentence on how they hear of
    it, empty where they do not. Raises Refused for a new day that is
    over or no working day, and NotYours for another party's request.
    """
    _check(by, request)
    with one_job(), set_together():
        lock_out_for_signature(request)
        current = _open(request)
        before, said_before = current.sign_by, current.message
        if at_once or sign_by != before:
            check_day(sign_by)
        current.sign_by, current.message = sign_by, message
        current.save(update_fields=["sign_by", "message"])
        if at_once and current.state == State.WAITS:
            current.after_slot = ""
            current.save(update_fields=["after_slot"])
            move_locked(current, "take_turn", lifecycle=SIGNATURE_LIFECYCLE, asked_at=clock.now())
            ask(by, current)
            return f"{current.person} is asked now."
        if sign_by != before:
            return _move_day(by, current)
        if message != said_before:
            note(by, current, "message_changed")
    return ""


def _move_day(by: Acting, current: SignatureRequest) -> str:
    on = current.sign_by
    if on:
        happening = note(by, current, "sign_by_set", on=on.isoformat())
    else:
        happening = note(by, current, "sign_by_taken_away")
    if current.state in {State.ASKED, State.NOT_READY}:
        # Without a day it is chased from now on; with one the day alone says when.
        chase_signature(current, anew=on is None)
        if _is_reached(current):
            return _tell_asked(current, happening, "sign_by_changed")
    return ""


def withdraw_request(*, by: Acting, request: SignatureRequest, because: str) -> str:
    """It is not asked of this person any more; the party may ask them again, or somebody else.
    Gives a sentence on how they hear of it, empty where they do not.

    Their link and its code end. Raises Refused once it is signed or a scan of it was recorded.
    """
    _check(by, request)
    with one_job(), set_together():
        version = lock_out_for_signature(request)
        return put_withdrawn(by, version, _open(request), because)


def put_withdrawn(by: Acting, version: Version, current: SignatureRequest, because: str) -> str:
    """The same of a request that is locked, as is its version, for who has checked who asks."""
    was_told, reached, told = current.state != State.WAITS, _is_reached(current), ""
    move_locked(
        current, "withdraw", lifecycle=SIGNATURE_LIFECYCLE,
        ended_at=clock.now(), ended_because=because,
    )  # fmt: skip
    recall(SIGN, [str(current.pk)], TAKEN_BACK)
    stop_chasing_signature(current)
    keep_steps(version)
    happening = note(by, current, "request_withdrawn", because=because)
    if was_told:
        told = _tell_asked(current, happening, "request_withdrawn") if reached else ""
        only = concerned_by(version, current.party)
        tell_managers(of=happening, kind="request_ended", by=by, only=only)
    return told


def decline_to_sign(*, by: Acting, request: SignatureRequest, because: str) -> None:
    """Whoever is asked says no, and why. Nobody reminds them; they may still change their mind."""
    check_is_asked(by, request)
    with one_job(), set_together():
        lock_out_for_signature(request)
        put_declined(by, request, because)


def put_declined(
    by: Acting, request: SignatureRequest, because: str, *, others_only: bool = False, **more: str
) -> None:
    """Of a request whose version is locked; the managers of all parties are told."""
    move(request, "decline", lifecycle=SIGNATURE_LIFECYCLE, not_ready_because=because)
    stop_chasing_signature(request)
    keep_steps(request.version)
    happening = note(by, request, "declined", because=because, **more)
    tell_managers(of=happening, kind="signature_declined", by=by, others_only=others_only)


def take_back_signature(*, by: Acting, request: SignatureRequest, because: str) -> None:
    """Who signed withdraws their signature, before the last one is given. The caller has made sure
    of a fresh authentication.

    Raises NotYours for anybody else's, Refused once all have signed.
    """
    check_signed_here(by, request)
    with one_job(), set_together():
        by = with_roles_held(by)
        lock_out_for_signature(request)
        current = lock_request(request)
        check_signed_here(by, current)
        put_taken_back(by, current, because)


def check_signed_here(by: Acting, request: SignatureRequest) -> None:
    """Raises NotYours for whoever did not sign it here themselves."""
    signature = getattr(request, "signature", None)
    own = signature and signature.method == "electronic" and signature.user_id == by.user.pk
    if not own or not is_asked(by, request):
        raise NotYours("Only who signed may withdraw the signature, acting for the same party.")


def put_taken_back(
    by: Acting, current: SignatureRequest, because: str, *, verb: str = "signature_withdrawn",
    **more: str,
) -> None:  # fmt: skip
    """Of a signed request that is locked, as is its version: it no longer counts, and the party
    can sign by a new request. What was signed stays as it is, as evidence."""
    move_locked(
        current, "take_back", lifecycle=SIGNATURE_LIFECYCLE,
        ended_at=clock.now(), ended_because=because,
    )  # fmt: skip
    keep_steps(current.version)
    given = current.signature
    more |= {"who": given.signed_as, "in_place_of": given.in_place_of, "authority": given.authority}
    happening = note(by, current, verb, because=because, **more)
    only = concerned_by(current.version, current.party)
    tell_managers(of=happening, kind="signature_withdrawn", by=by, only=only)


def _check(by: Acting, request: SignatureRequest) -> None:
    require_role(by, MANAGERS)
    check_asks_for(by, request.version, request.party)


def _open(request: SignatureRequest) -> SignatureRequest:
    """The request, locked, while its signature is neither given nor on paper."""
    current = lock_request(request)
    if current.state not in MAY_CHANGE:
        raise Refused(NOT_OPEN)
    return current


def _is_reached(request: SignatureRequest) -> bool:
    """Whether who is asked has an account, or a link that was not taken back."""
    if request.address is None:
        return True
    link = link_of(request)
    return link is not None and link.works


def _tell_asked(request: SignatureRequest, happening: Happening, kind: str) -> str:
    """Whoever is asked, as a sentence says that it gives; who has the agreement in a group reads it
    in the e-mail of the day."""
    organisation, address = request.party.organisation, request.address
    if address is None and request.party.told_daily:
        put_in_digest(happening, of_people([request.person], organisation))
        return f"{request.person} hears of it in the e-mail of the day."
    about: dict[str, Any] = {
        "party": request.party_id, "title": request.title, "request": request.pk,
        "person": request.person_id,
    }  # fmt: skip
    if address is None:
        tell([request.person.user.email], of=happening, kind=kind, at=organisation.pk, **about)
    else:
        tell([address.email], of=happening, kind=kind, at=address.kept_by_id, **about)
    return f"We told {request.person}."
