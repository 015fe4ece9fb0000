"""Signing: who signs which text, and what the last signature brings about."""

from __future__ import annotations

import hmac

from django.db import IntegrityError, transaction

from agreements.models import (
    SIGNATURE_LIFECYCLE,
    VERSION_LIFECYCLE,
    Party,
    Signature,
    SignatureRequest,
    Version,
)
from agreements.record import record
from agreements.rules.approval import standings
from agreements.rules.content import hash_of
from agreements.rules.parties import require_role, side_of
from agreements.services.in_force import come_into_force
from agreements.services.tell import tell, tell_managers
from house import clock
from house.lifecycle import lock, move
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.models import Membership, Person, Role

STATEMENT = "I am authorised to sign for {party} and I agree to this text."


def open_for_signature(
    *, by: Acting, version: Version, slot: str, person: Person, because: str = ""
) -> SignatureRequest:
    """Asks a signatory of one's own party to sign. Without its approval it needs a reason.

    Raises Refused without that reason, when the person is no signatory of the party, or when the
    signature was asked for already.
    """
    require_role(by, Role.MANAGER)
    party = side_of(version.agreement, by)
    _check_signatory(party, person)
    with transaction.atomic():
        move(version, "open_for_signature", lifecycle=VERSION_LIFECYCLE)
        title = _title(version, party, slot)
        approved = _is_approved(version, party)
        if not approved and not because:
            raise Refused(
                "Your party has not approved this version yet. Record the approval first, or say "
                "why it is signed before: the signed copy will print that.",
                field="because",
            )
        request = _request(by, version, party, slot, title, person, "" if approved else because)
        happening = record(
            by=by, verb="signature_asked", agreement=version.agreement, about=request,
            label=version.label, who=person.name, party=party.name,
            before_approval=not approved, because=request.before_approval_because,
        )
        tell([person.email], of=happening, kind="signature_awaited", request=request.pk)
    return request


def sign(
    *, by: Acting, request: SignatureRequest, sha256: str, typed_name: str
) -> Signature:
    """Signs the text with this hash. The caller has made sure of a fresh authentication.

    Raises NotYours for anybody but the person asked, Refused when the text is no longer the one
    that the page showed, or when it is signed already.
    """
    _check_is_asked(by, request)
    with transaction.atomic():
        version = lock(request.version)
        _check_text(version, sha256)
        try:
            with transaction.atomic():
                signature = Signature.objects.create(
                    request=request, method=Signature.Method.ELECTRONIC, typed_name=typed_name,
                    statement=STATEMENT.format(party=request.party.name), sha256=version.sha256,
                    user=by.user, at=clock.now(), signed_on=clock.today(),
                )
        except IntegrityError:
            raise Refused("You have signed this version already.") from None
        move(request, "sign", lifecycle=SIGNATURE_LIFECYCLE)
        announce_signature(by, version, request, signature)
        come_into_force(by=by, version=version)
    return signature


def say_not_ready(*, by: Acting, request: SignatureRequest, because: str) -> None:
    """The signatory says why not yet. All parties are told; they may sign later all the same."""
    _check_is_asked(by, request)
    with transaction.atomic():
        move(request, "say_not_ready", lifecycle=SIGNATURE_LIFECYCLE, not_ready_because=because)
        happening = record(
            by=by, verb="not_ready", agreement=request.version.agreement, about=request,
            label=request.version.label, who=request.person.name, because=because,
        )
        tell_managers(of=happening, kind="not_ready_to_sign", by=by)


def _request(
    by: Acting, version: Version, party: Party, slot: str, title: str, person: Person, because: str
) -> SignatureRequest:
    try:
        with transaction.atomic():
            return SignatureRequest.objects.create(
                version=version, party=party, slot=slot, title=title, person=person,
                before_approval_because=because, asked_by=by.user, asked_at=clock.now(),
            )
    except IntegrityError:
        raise Refused("This signature has been asked for already.") from None


def _title(version: Version, party: Party, slot: str) -> str:
    for signatory in version.typed_terms.signatories_of(party.slot):
        if signatory.key == slot:
            return signatory.label
    raise Refused("Choose one of the signatures that this agreement needs.", field="slot")


def _is_approved(version: Version, party: Party) -> bool:
    return standings(version, [party], version.approvals.filter(party=party))[0].is_given


def _check_signatory(party: Party, person: Person) -> None:
    held = Membership.objects.current().filter(
        user__person=person, user__is_active=True, organisation=party.organisation,
        role=Role.SIGNATORY,
    )
    if not held.exists():
        raise Refused(f"{person} is not a signatory of {party.name}.", field="person")


def _check_is_asked(by: Acting, request: SignatureRequest) -> None:
    asked = getattr(by.user, "person_id", None) == request.person_id
    own_side = request.party.organisation.pk == by.organisation_id
    if not (asked and own_side and by.has(Role.SIGNATORY)):
        raise NotYours(f"Only {request.person} may do this, acting for {request.party.name}.")


def _check_text(version: Version, sha256: str) -> None:
    """The text under the signature is the one the page showed, and the one that was hashed."""
    if version.state != Version.State.OUT_FOR_SIGNATURE:
        state = version.get_state_display().lower()
        raise Refused(f"This version is {state} now, so it cannot be signed. Nothing was signed.")
    if not hmac.compare_digest(version.sha256, sha256) or hash_of(version) != version.sha256:
        raise Refused("This is not the text that you were shown. Nothing was signed.")


def announce_signature(
    by: Acting, version: Version, request: SignatureRequest, signature: Signature
) -> None:
    happening = record(
        by=by, verb="signed", agreement=version.agreement, about=signature, label=version.label,
        who=signature.typed_name, party=request.party.name, method=signature.method,
        on=signature.signed_on.isoformat(), sha256=signature.sha256,
    )
    tell_managers(of=happening, kind="signature_given", by=by)
