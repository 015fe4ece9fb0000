"""What somebody without an account does by the link that was sent to them: sign, or say why not.

They act through the portal's own account, for their party; on record stands who they are, and to
which address link and code were sent (record 0052).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from agreements.contacts.services.naming import put_in_role
from agreements.contacts.services.newcomers import Newcomer
from agreements.core.asking_for import has_nobody
from agreements.core.telling import record, tell_managers
from agreements.models import KeyContact, Signature, SignatureRequest
from agreements.signing.by_link import has_left
from agreements.signing.services.ending import put_declined, put_taken_back
from agreements.signing.services.signing import (
    check_name,
    lock_out_for_signature,
    lock_request,
    lock_text,
    put_not_ready,
    put_signature,
)
from deadlines.services.setting import set_together
from house import clock
from house.actor import acting_as
from house.lifecycle import lock
from house.once import one_job
from house.refusals import Refused
from mail.links.codes import use_code
from mail.links.opening import lock_link, masked
from mail.links.sending import mark_used
from mail.models import SentLink
from parties.acting import Acting
from parties.models import CheckedAddress, Post, User

NOT_ASKED = "Nothing is asked of you by this link any more. Nothing was done."
NOT_GIVEN = "No signature was given by this link. Nothing was withdrawn."
LEFT = "{name} no longer works at {party}, as the portal knows. Nothing was signed."


def sign_by_link(
    *, link: SentLink, request: SignatureRequest, sha256: str, typed_name: str
) -> Signature:
    """Signs the text with this hash. The caller has checked the code a moment ago; here it is used.

    Raises Refused as `sign` does, for a link that was taken back, and for somebody who has left.
    """
    check_name(request.person, typed_name, "We sent this to")
    with _by_link(request) as by, set_together():
        # Who somebody is comes before agreements.
        lock(request.party.organisation)
        version = lock_text(request, sha256)
        current = lock_request(request)
        sent = _still_asked(link, current)
        if has_left(current):
            raise Refused(LEFT.format(name=current.person, party=current.party.name))
        use_code(sent)
        mark_used(sent)
        _belongs_there(request)
        return put_signature(
            by, version, current, method=Signature.Method.LINK, typed_name=typed_name,
            account_name=request.person.name, link=sent, sent_to=sent.address,
        )  # fmt: skip


def say_not_ready_by_link(*, link: SentLink, request: SignatureRequest, because: str) -> None:
    """Why not yet; they may sign later all the same."""
    with _by_link(request) as by:
        lock_out_for_signature(request)
        sent = _still_asked(link, lock_request(request))
        put_not_ready(by, request, because, sent_to=masked(sent.address))


def decline_by_link(*, link: SentLink, request: SignatureRequest, because: str) -> None:
    """They will not sign, and say why. Nobody reminds them; they may still change their mind."""
    with _by_link(request) as by:
        lock_out_for_signature(request)
        sent = _still_asked(link, lock_request(request))
        # Of a party that has nobody here its contacts would be told: often who declines.
        but_own = has_nobody(request.party.organisation)
        put_declined(by, request, because, others_only=but_own, sent_to=masked(sent.address))


def take_back_by_link(*, link: SentLink, request: SignatureRequest, because: str) -> None:
    """They withdraw the signature that they gave by it, before the last is given. The caller has
    checked the code a moment ago; here it is used."""
    with _by_link(request) as by, set_together():
        lock_out_for_signature(request)
        current = lock_request(request)
        sent = _still_asked(link, current)
        given = getattr(current, "signature", None)
        if given is None or given.link_id != sent.pk:
            raise Refused(NOT_GIVEN)
        use_code(sent)
        put_taken_back(by, current, because, sent_to=masked(sent.address))


def ask_by_link(*, link: SentLink, request: SignatureRequest, because: str) -> None:
    """A question about the text, for whoever sent it and the other parties."""
    with _by_link(request) as by:
        lock_out_for_signature(request)
        sent = _still_asked(link, lock_request(request))
        _tell(by, request, "asked_about_text", "question_by_link", sent, because)


def name_contact_by_link(
    *, link: SentLink, request: SignatureRequest, role: str, newcomer: Newcomer
) -> KeyContact:
    """Who holds a contact role of their own party that nobody holds."""
    with _by_link(request) as by:
        lock(request.party.organisation)
        request.party.agreement = lock(request.version.agreement)
        sent = _still_asked(link, lock_request(request))
        if request.party.contacts.filter(role=role).lasting().exists():
            raise Refused("Somebody is named already. Ask whoever wrote to you to change it.")
        return put_in_role(
            by=by, party=request.party, role=role, person=newcomer, job_title=newcomer.job_title,
            verb="contact_named_by_link", sent_to=masked(sent.address), by_whom=request.person.name,
        )  # fmt: skip


@contextmanager
def _by_link(request: SignatureRequest) -> Iterator[Acting]:
    """For their party, whoever is logged in in that browser."""
    system = User.objects.system()
    with one_job(), acting_as(system):
        yield Acting(user=system, organisation=request.party.organisation)


def _still_asked(link: SentLink, current: SignatureRequest) -> SentLink:
    """The link, locked. Raises Refused where another one, or another address, is asked by now."""
    sent = lock_link(link)
    address = current.address
    here = address is not None and address.email == sent.address
    ended = current.state in {"void", "withdrawn", "taken_back"}
    if not here or sent.subject != str(current.pk) or ended:
        raise Refused(NOT_ASKED)
    if address and address.state != CheckedAddress.State.CHECKED:
        raise Refused("The address to which this link was sent is not used any more.")
    return sent


def _belongs_there(request: SignatureRequest) -> None:
    """Whom a sender named belongs to the organisation by their own word."""
    organisation, address = request.party.organisation, request.address
    if request.person.posts.filter(organisation=organisation).exists():
        return
    title = (address.job_title if address else "") or request.title
    Post.objects.create(
        person=request.person, organisation=organisation, title=title, starts_on=clock.today()
    )


def _tell(
    by: Acting, request: SignatureRequest, verb: str, kind: str, sent: SentLink, because: str
) -> None:
    happening = record(
        by=by, verb=verb, agreement=request.version.agreement, about=request,
        label=request.version.label, who=request.person.name, party=request.party.name,
        because=because, sent_to=masked(sent.address),
    )  # fmt: skip
    tell_managers(of=happening, kind=kind, by=by, others_only=True)
