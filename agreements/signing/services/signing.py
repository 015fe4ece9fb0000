"""Signing: who signs which text, and what the last signature brings about."""

from __future__ import annotations

import hmac
from typing import Any

from agreements.core.locking import lock_version
from agreements.core.rejections import check_not_rejected
from agreements.core.sides import concerned_by, parties_in
from agreements.core.telling import record, tell_managers
from agreements.core.texts import content_of, texts_of
from agreements.models import (
    SIGNATURE_LIFECYCLE,
    Agreement,
    Party,
    Signature,
    SignatureRequest,
    SuccessionMove,
    Version,
)
from agreements.signing.names import is_own_name
from agreements.signing.services.in_force import come_into_force
from agreements.signing.services.notices import in_place_of, take_turns
from agreements.signing.services.statements import Ticked, party_signed_for, statement_for
from agreements.versions.services.numbering import check_filled
from agreements.versions.steps import chase_signature, keep_steps, stop_chasing_signature
from deadlines.services.setting import set_together
from house import clock
from house.canonical import fingerprint
from house.lifecycle import lock, move, move_locked
from house.once import one_job
from house.refusals import NotYours, Refused
from mail.links.opening import masked
from parties.acting import Acting, with_roles_held
from parties.models import Person, Role, Succession

NOT_ASKED_ANY_MORE = (
    "After you ticked it, it was said that you do not sign it now, or you were asked anew. "
    "Nothing was signed. You can still sign it on its own page."
)

IN_A_PLACE = "Its text names whose place you took: sign it on its own page. Nothing was signed."
FOR_ANOTHER = "You sign it in the place of {name}: sign it on its own page. Nothing was signed."


def sign(
    *,
    by: Acting,
    request: SignatureRequest,
    sha256: str,
    typed_name: str,
    ticked: Ticked | None = None,
) -> Signature:
    """Signs the text with this hash. The caller has made sure of a fresh authentication.

    One of several that were `ticked` is signed as of when they were. Raises NotYours for anybody
    but the person asked, Refused for another name than theirs, when the text is no longer the one
    that the page showed, when it is signed already, or while the own party's rejection stands.
    """
    check_is_asked(by, request)
    check_name(request.person, typed_name)
    with one_job(), set_together():
        by = with_roles_held(by)
        version = lock_text(request, sha256)
        current = lock_request(request)
        check_is_asked(by, current)
        if ticked:
            _check_still_asked(current, ticked)
        return put_signature(
            by, version, current, ticked, method=Signature.Method.ELECTRONIC,
            typed_name=typed_name, account_name=request.person.name, user=by.who,
        )  # fmt: skip


def _check_still_asked(current: SignatureRequest, ticked: Ticked) -> None:
    """Somebody can have had second thoughts since, or can be asked once more. In another's place
    somebody signs on the page that says so."""
    if current.in_place_of:
        raise Refused(FOR_ANOTHER.format(name=current.in_place_of))
    if party_signed_for(current) != current.party.name:
        raise Refused(IN_A_PLACE)
    if current.state != SignatureRequest.State.ASKED or current.asked_at > ticked.at:
        raise Refused(NOT_ASKED_ANY_MORE)


def lock_text(request: SignatureRequest, sha256: str) -> Version:
    """The version, locked, which can be signed for the party, with the text that the page showed.

    Raises Refused where it cannot be signed, or is not that text.
    """
    version = _lock_version(request)
    if Signature.objects.standing().filter(request=request).exists():
        raise Refused("You have signed this version already.")
    _check_is_out(version)
    _check_place_is_its_own(request.party, version.agreement)
    check_not_rejected(version, request.party)
    _check_text(version, sha256)
    return version


def _check_place_is_its_own(party: Party, agreement: Agreement) -> None:
    """On the day of a succession in part its signatories sign no more, though it is still to be
    carried out (X07); in full they have no right any more."""
    going = SuccessionMove.objects.filter(agreement=agreement, moved_at=None)
    taken = going.filter(
        succession__old=party.organisation, succession__on__lte=clock.today(),
        succession__state__in=[Succession.State.PLANNED, Succession.State.RUNNING],
    )  # fmt: skip
    if move := taken.select_related("succession__new").first():
        raise Refused(f"{move.succession.new} takes your place today. Nothing was signed.")


def put_signature(
    by: Acting,
    version: Version,
    current: SignatureRequest,
    ticked: Ticked | None = None,
    **given: Any,
) -> Signature:
    """Under the text that is locked, as is the request. The last one brings it into force."""
    had_declined = current.state == SignatureRequest.State.DECLINED
    move_locked(current, "sign", lifecycle=SIGNATURE_LIFECYCLE)
    stop_chasing_signature(current)
    if had_declined:
        keep_steps(version)  # nobody else has to be asked after all
    at = ticked.at if ticked else clock.now()
    signature = Signature.objects.create(
        request=current,
        statement=statement_for(current, ticked),
        sha256=version.sha256,
        at=at,
        signed_on=clock.london_day(at),
        in_place_of=current.in_place_of,
        authority=current.authority,
        **given,
    )
    more = {"ticked": ticked.texts} if ticked else {}
    announce_signature(by, version, current, signature, **more)
    take_turns(by, current)
    come_into_force(by=by, version=version)
    return signature


def say_not_ready(*, by: Acting, request: SignatureRequest, because: str) -> None:
    """The signatory says why not yet. All parties are told; they may sign later all the same."""
    check_is_asked(by, request)
    with one_job():
        lock_out_for_signature(request)
        put_not_ready(by, request, because)


def put_not_ready(by: Acting, request: SignatureRequest, because: str, **more: str) -> None:
    """Of a request whose version is locked; all parties are told."""
    move(request, "say_not_ready", lifecycle=SIGNATURE_LIFECYCLE, not_ready_because=because)
    chase_signature(request)
    keep_steps(request.version)  # who had declined may sign after all
    happening = record(
        by=by,
        verb="not_ready",
        agreement=request.version.agreement,
        about=request,
        label=request.version.label,
        who=request.person.name,
        because=because,
        **more,
    )
    tell_managers(of=happening, kind="not_ready_to_sign", by=by)


def is_asked(by: Acting, request: SignatureRequest) -> bool:
    """Whether this is the person asked, acting for the party and still its signatory."""
    asked = getattr(by.user, "person_id", None) == request.person_id
    own_side = request.party.organisation.pk == by.organisation_id
    return asked and own_side and by.has(Role.SIGNATORY)


def check_is_asked(by: Acting, request: SignatureRequest) -> None:
    if not is_asked(by, request):
        raise NotYours(f"Only {request.person} may do this, acting for {request.party.name}.")


def lock_out_for_signature(request: SignatureRequest) -> Version:
    """The version, locked, while it can be signed. Raises Refused for one recalled or signed."""
    version = _lock_version(request)
    _check_is_out(version)
    return version


def lock_to_sign(request: SignatureRequest) -> Version:
    """The same while it can be signed for this party: refused too while its rejection stands, and
    for a text with an open blank."""
    version = lock_out_for_signature(request)
    check_not_rejected(version, request.party)
    check_filled(version)
    return version


def _lock_version(request: SignatureRequest) -> Version:
    """Locked before the request, with its agreement: all that signing changes hangs on them."""
    version = request.version = lock_version(request.version)
    return version


def lock_request(request: SignatureRequest) -> SignatureRequest:
    """The request as it is now; version, party and person stay at hand."""
    current = lock(request)
    current.version, current.party = request.version, request.party
    return current


def check_name(person: Person, typed: str, whose: str = "This is the account of") -> None:
    """Whoever is asked signs: what stands under the text is a form of their own name."""
    if not typed:
        raise Refused("Type your name to sign.", field="typed_name")
    if not is_own_name(typed, person.name):
        raise Refused(f"{whose} {person.name}. Type your own name.", field="typed_name")


def _check_is_out(version: Version) -> None:
    if version.state != Version.State.OUT_FOR_SIGNATURE:
        state = version.get_state_display().lower()
        raise Refused(f"This version is {state} now, so it cannot be signed. Nothing was signed.")


def _check_text(version: Version, sha256: str) -> None:
    """The text under the signature is the one that the page showed, as it was hashed, and whole."""
    # As bytes: what a form sends may hold letters that compare_digest refuses in text.
    shown = hmac.compare_digest(version.sha256.encode(), sha256.encode())
    texts = texts_of(version)
    if not shown or fingerprint(content_of(version, texts)) != version.sha256:
        raise Refused("This is not the text that you were shown. Nothing was signed.")
    check_filled(version, texts)


def announce_signature(
    by: Acting, version: Version, request: SignatureRequest, signature: Signature, **more: int
) -> None:
    happening = record(
        by=by,
        verb="signed",
        agreement=version.agreement,
        about=signature,
        label=version.label,
        who=signature.signed_as,
        party=request.party.name,
        method=signature.method,
        sent_to=masked(signature.sent_to) if signature.by_link else "",
        on=signature.signed_on.isoformat(),
        sha256=signature.sha256,
        **in_place_of(signature),
        **_so_far(version),
        **more,
    )
    only = concerned_by(version, request.party)
    tell_managers(of=happening, kind="signature_given", by=by, only=only)


def _so_far(version: Version) -> dict[str, int]:
    """How many of its signatures are given, of how many that its terms ask for."""
    terms, parties = version.typed_terms, parties_in(version)
    wanted = sum(len(terms.signatories_of(party.slot)) for party in parties)
    if wanted <= 2:
        return {}
    given = version.signature_requests.filter(state=SignatureRequest.State.SIGNED)
    return {"given": given.count(), "wanted": wanted}
