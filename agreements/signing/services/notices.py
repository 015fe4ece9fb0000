"""Whoever is asked to sign hears of it: at once, or when it is their turn."""

from __future__ import annotations

from typing import Any

from agreements.core.in_groups import put_in_digest
from agreements.core.recipients import of_people
from agreements.core.telling import record, tell
from agreements.models import SIGNATURE_LIFECYCLE, Happening, SignatureRequest
from agreements.signing.by_link import SIGN
from agreements.versions.steps import chase_signature
from house import clock
from house.lifecycle import move
from mail.links.opening import masked
from mail.links.sending import link_to, send_link
from parties.acting import Acting


def ask(
    by: Acting, request: SignatureRequest, *, verb: str = "signature_asked", **more: str
) -> None:
    """It is awaited from now on, on record, and whoever is asked is told: by their account, or by a
    link of their own. One that waits its turn is on record alone."""
    if request.state == SignatureRequest.State.WAITS:
        after = title_of(request, request.after_slot)
        _note_asked(by, request, "signature_planned", after=after, **more)
    elif request.address:
        _ask_by_link(by, request, verb, **more)
    else:
        _ask_here(by, request, verb, **more)


def _ask_here(by: Acting, request: SignatureRequest, verb: str, **more: str) -> None:
    """Somebody with an account, who reads what is sent to its address."""
    chase_signature(request)
    happening = _note_asked(by, request, verb, **more)
    if request.party.told_daily:
        put_in_digest(happening, of_people([request.person], request.party.organisation))
        return
    tell(
        [request.person.user.email],
        of=happening,
        kind="signature_awaited",
        at=request.party.organisation.pk,
        request=request.pk,
        person=request.person_id,
    )


def _ask_by_link(by: Acting, request: SignatureRequest, verb: str, **more: str) -> None:
    """With a link of its own to the address, which nobody else sees."""
    address = request.address
    assert address  # noqa: S101 - asked before
    link = link_to(SIGN, str(request.pk), address.email, organisation_id=address.kept_by_id)
    chase_signature(request)
    happening = _note_asked(by, request, verb, link_to=masked(link.address), **more)
    send_link(
        link, kind="sign_by_link", dedupe=f"sign_by_link:{happening.pk}", happening=happening.pk,
        request=request.pk, party=request.party_id, person=request.person_id,
    )  # fmt: skip


def note(by: Acting, request: SignatureRequest, verb: str, **more: Any) -> Happening:
    """What is done about the request is on record."""
    facts = {
        "label": request.version.label,
        "who": request.person.name,
        "party": request.party.name,
        **in_place_of(request),
        **more,
    }
    return record(by=by, verb=verb, agreement=request.version.agreement, about=request, **facts)


def _note_asked(by: Acting, request: SignatureRequest, verb: str, **more: str) -> Happening:
    because = request.before_approval_because
    return note(by, request, verb, before_approval=bool(because), because=because, **more)


def in_place_of(row: Any) -> dict[str, str]:
    """What a sentence says of a deputy; nothing of others."""
    if not row.in_place_of:
        return {}
    return {"in_place_of": row.in_place_of, "authority": row.authority.rstrip(".")}


def title_of(request: SignatureRequest, slot: str) -> str:
    """What the terms call one of the party's signatories."""
    signatories = request.version.typed_terms.signatories_of(request.party.slot)
    return next((each.label for each in signatories if each.key == slot), slot)


def take_turns(by: Acting, request: SignatureRequest) -> None:
    """The signatures of the party that waited for this one are asked for now. Its version is
    locked. A day that passed meanwhile is none any more: they are reminded as without one."""
    if len(request.version.typed_terms.signatories_of(request.party.slot)) < 2:
        return
    waits = SignatureRequest.State.WAITS
    rows = request.version.signature_requests.filter(party=request.party_id, state=waits)
    for each in rows.filter(after_slot=request.slot).select_related(
        "person__user", "address", "asked_by__person"
    ):
        each.version, each.party = request.version, request.party
        passed = each.sign_by is not None and each.sign_by < clock.today()
        move(
            each, "take_turn", lifecycle=SIGNATURE_LIFECYCLE, asked_at=clock.now(),
            sign_by=None if passed else each.sign_by,
        )  # fmt: skip
        ask(by, each, verb="turn_came", after=request.title)
