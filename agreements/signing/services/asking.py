"""Asking for signatures: a party's MoU manager opens the version to its own signatory."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from agreements.core.choices import signatories_of
from agreements.core.locking import lock_version
from agreements.core.parties import require_role, side_of
from agreements.core.rejections import check_not_rejected, standing_of
from agreements.models import (
    SIGNATURE_LIFECYCLE,
    VERSION_LIFECYCLE,
    Party,
    SignatureRequest,
    Version,
)
from agreements.signing.by_link import SIGN, TAKEN_BACK
from agreements.signing.services.notices import ask
from agreements.signing.services.signing import lock_to_sign
from agreements.signing.wanted import Wanted, waits_its_turn
from agreements.versions.services.numbering import check_filled
from agreements.versions.steps import keep_steps
from deadlines.services.setting import set_together
from house import clock
from house.lifecycle import move
from house.once import one_job
from house.refusals import NotYours, Refused
from mail.links.sending import recall
from parties.acting import Acting
from parties.models import Person
from parties.who import MANAGERS

WITHOUT_APPROVAL = "Your party has not approved this version yet."
AT_ONCE = "Somebody is asked for it already. Withdraw that request first, or ask for it now."
NOTHING = Wanted()


def open_for_signature(
    *, by: Acting, version: Version, slot: str, person: Person, because: str = "",
    wanted: Wanted = NOTHING,
) -> SignatureRequest:  # fmt: skip
    """Asks a signatory of one's own party to sign. Without its approval it needs a reason.

    Raises Refused without that reason, when the person is no signatory of the party, or when the
    signature was asked for already, and while the party's rejection of the version stands.
    """
    require_role(by, MANAGERS)
    party = side_of(version.agreement, by)
    _check_signatory(party, person)
    wanted.check(person.name)
    with one_job(), set_together():
        request = put_request(by, version, party, slot, wanted, because=because, person=person)
        ask(by, request)
        keep_steps(version)
    return request


def put_request(
    by: Acting, version: Version, party: Party, slot: str, wanted: Wanted, *, because: str,
    **who: Any,
) -> SignatureRequest:  # fmt: skip
    """Opens the version, locked, for this signature. Raises Refused where it may not be."""
    lock_version(version)
    title = _title(version, party, slot)
    waits = waits_its_turn(version, party, slot, wanted.after_slot)
    check_not_rejected(version, party)
    check_filled(version)
    approved = is_approved(version, party)
    if not approved and not because:
        raise Refused(
            f"{WITHOUT_APPROVAL} Record the approval first, or say why it is signed before: the "
            "signed copy will print that.",
            field="because",
        )
    move(version, "open_for_signature", lifecycle=VERSION_LIFECYCLE)
    state = SignatureRequest.State.WAITS if waits else SignatureRequest.State.ASKED
    more = {"state": state, **wanted.columns, **who}
    return _request(by, version, party, slot, title, "" if approved else because, **more)


def ask_instead(
    *, by: Acting, request: SignatureRequest, person: Person, wanted: Wanted = NOTHING
) -> SignatureRequest:
    """Asks another signatory of one's own party for a signature that nobody has given yet."""
    require_role(by, MANAGERS)
    party = side_of(request.version.agreement, by)
    if party.pk != request.party_id:
        raise NotYours("Each party chooses its own signatories.")
    _check_signatory(party, person)
    if person.pk == request.person_id:
        raise Refused(f"{person} is asked already. Choose somebody else.", field="person")
    wanted.check(person.name)
    before = request.person.name
    with one_job(), set_together():
        version = lock_to_sign(request)
        put_instead(by, request, wanted, person=person, address=None)
        ask(by, request, instead_of=before)
        keep_steps(version)
    return request


def put_instead(by: Acting, request: SignatureRequest, wanted: Wanted, **who: Any) -> None:
    """Another one is asked; a link that was sent for it no longer works. The version is locked."""
    if waits_its_turn(request.version, request.party, request.slot, wanted.after_slot):
        raise Refused(AT_ONCE, field="after_slot")
    move(
        request,
        "ask_instead",
        lifecycle=SIGNATURE_LIFECYCLE,
        not_ready_because="",
        asked_by=by.who,
        asked_at=clock.now(),
        **wanted.columns,
        **who,
    )
    recall(SIGN, [str(request.pk)], TAKEN_BACK)


def is_approved(version: Version, party: Party) -> bool:
    """Whether the party's newest decision approves the version, or none is needed."""
    return standing_of(version, party).is_given


def _request(
    by: Acting, version: Version, party: Party, slot: str, title: str, because: str, **who: Any
) -> SignatureRequest:
    try:
        with transaction.atomic():
            return SignatureRequest.objects.create(
                version=version,
                party=party,
                slot=slot,
                title=title,
                before_approval_because=because,
                asked_by=by.who,
                asked_at=clock.now(),
                **who,
            )
    except IntegrityError:
        raise Refused("This signature has been asked for already.") from None


def _title(version: Version, party: Party, slot: str) -> str:
    for signatory in version.typed_terms.signatories_of(party.slot):
        if signatory.key == slot:
            return signatory.label
    raise Refused("Choose one of the signatures that this agreement needs.", field="slot")


def _check_signatory(party: Party, person: Person) -> None:
    if not signatories_of(party.organisation).filter(pk=person.pk).exists():
        raise Refused(f"{person} is not a signatory of {party.name}.", field="person")
