"""What becomes of an e-mail that came to the mailbox: on record, held for a person, or nobody's."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, Final

from agreements.core.emailing import Things
from agreements.core.parties import contacts_in, sides_of
from agreements.core.recipients import managers_by_party
from agreements.emails.agreement import AgreementsEmailed
from agreements.emails.inbound.addresses import found_by_address, found_by_subject
from agreements.emails.services import keep_email, stored
from agreements.models import INBOUND_LIFECYCLE, Agreement, InboundEmail, SavedEmail
from documents.emails import ReadEmail, read_saved
from documents.places import WORKER
from documents.storage import read as bytes_of
from house import clock
from house.lifecycle import lock, move, move_locked
from house.once import one_job
from house.refusals import NotNow, NotYours, Refused
from mail.services import delivery, queue_all
from parties.acting import Acting
from parties.models import Membership, Organisation, Role, User
from parties.who import MANAGERS

UNKNOWN: Final = "The portal does not know its sender."
BY_SUBJECT: Final = "It names the agreement in its subject alone, which anybody can."
THING: Final = AgreementsEmailed()


def take_in(raw: bytes) -> str:
    """What the mailbox does with the message then: "taken", "held", "known", "nobody's" or
    "unread". Raises NotNow where it could not be looked at now: it stays where it is."""
    try:
        read = read_saved(raw, caller=WORKER)
    except NotNow:
        raise
    except Refused:
        return "unread"
    found = found_by_address(read)
    if found:
        return _keep(read, *found, because="" if _is_known(read, *found) else UNKNOWN)
    named = found_by_subject(read)
    for organisation in _organisations(named) if named else ():
        if named and _is_known(read, named, organisation):
            return _keep(read, named, organisation, because=BY_SUBJECT)
    return "nobody's"


def accept(*, by: Acting, inbound: InboundEmail, things: Things[Any], thing: Any) -> SavedEmail:
    """An MoU manager puts a held e-mail on record. Raises Refused where somebody decided before."""
    _require(by, inbound)
    if not things.may_put(thing, by):
        raise NotYours("Your organisation may not put an e-mail there.")
    assert inbound.file  # noqa: S101 - while it is held
    read = read_saved(bytes_of(inbound.file))
    with one_job():
        things.lock(thing)
        move(inbound, "take", lifecycle=INBOUND_LIFECYCLE, **_decided(by))
        saved = keep_email(
            by=by, things=things, thing=thing, read=read, file=inbound.file,
            by_mail=read.sender_address or "an unnamed sender",
        )  # fmt: skip
        inbound.saved = saved
        inbound.save(update_fields=["saved"])
    return saved


def drop(*, by: Acting, inbound: InboundEmail) -> None:
    """An MoU manager does not take it: nobody opens it any more, and that it came is kept."""
    _require(by, inbound)
    with one_job():
        lock(inbound.agreement)
        move(inbound, "drop", lifecycle=INBOUND_LIFECYCLE, file=None, text="", subject="",
             **_decided(by))  # fmt: skip


def _require(by: Acting, inbound: InboundEmail) -> None:
    own = by.organisation_id == inbound.organisation_id
    if not (own and MANAGERS.includes(by)):
        raise NotYours("Only an MoU manager of the organisation that it came to decides this.")


def _decided(by: Acting) -> dict[str, Any]:
    return {"decided_by": by.who, "decided_at": clock.now()}


def _keep(read: ReadEmail, agreement: Agreement, to: Organisation, *, because: str) -> str:
    """One transaction: whoever is killed in it has done nothing, and whoever comes again with the
    same e-mail finds it."""
    with one_job():
        current = lock(agreement)
        digest = _digest(read)
        if _is_here(current, to, digest, read):
            return "known"
        inbound = InboundEmail.objects.create(
            agreement=current, organisation=to, digest=digest, because=because,
            sender_name=read.sender_name, sender_address=read.sender_address,
            subject=read.subject, sent_at=read.sent_at, text=read.text, came_at=clock.now(),
            file=stored(read),
        )  # fmt: skip
        if because:
            _tell_held(inbound)
            return "held"
        return _on_record(read, inbound)


def _is_here(agreement: Agreement, to: Organisation, digest: str, read: ReadEmail) -> bool:
    """Whether it came before, or somebody brought the very file."""
    came = InboundEmail.objects.filter(agreement=agreement, organisation=to, digest=digest)
    brought = SavedEmail.objects.filter(
        kind=THING.key, thing=agreement.pk, sha256=sha256(read.data).hexdigest(), error_at=None
    )
    return came.exists() or brought.exists()


def _on_record(read: ReadEmail, inbound: InboundEmail) -> str:
    """By the portal itself, for the party to whose address it came."""
    said = f"{read.sender_address}, by e-mail"
    by = Acting(User.objects.system(), inbound.organisation, frozenset({Role.EDITOR}), by_link=said)
    saved = keep_email(
        by=by, things=THING, thing=inbound.agreement, read=read, file=inbound.file,
        by_mail=read.sender_address,
    )  # fmt: skip
    move_locked(inbound, "take", lifecycle=INBOUND_LIFECYCLE, saved=saved, decided_at=clock.now())
    return "taken"


def _is_known(read: ReadEmail, agreement: Agreement, organisation: Organisation) -> bool:
    """Whether its sender is a member of the organisation, or a key contact of its side."""
    sender = read.sender_address.lower()
    if not sender or "senders" in read.findings:
        return False
    members = Membership.objects.current().filter(
        organisation=organisation, user__is_active=True, user__email__iexact=sender
    )
    if members.exists():
        return True
    own = sides_of(agreement, Acting(User.objects.system(), organisation))
    for contact in contacts_in(party.pk for party in own).values():
        people = [each.email for each in (contact.person, contact.deputy) if each]
        teams = [contact.team.address] if contact.team else []
        if sender in {each.lower() for each in (*people, *teams)}:
            return True
    return False


def _organisations(agreement: Agreement) -> list[Organisation]:
    return [party.organisation for party in agreement.sides if not party.left_on]


def _digest(read: ReadEmail) -> str:
    """Of what it says, not of its way: by two ways it comes with other marks of delivery."""
    sent = read.sent_at.isoformat() if read.sent_at else ""
    files = [[each.name, each.type, each.size] for each in read.attachments]
    said = [read.message_id, read.sender_address, sent, read.subject, read.text, files]
    return sha256(json.dumps(said).encode()).hexdigest()


def _tell_held(inbound: InboundEmail) -> None:
    """Once a day at most: a stranger fills nobody's mailbox."""
    own = [p for p in inbound.agreement.sides if p.organisation.pk == inbound.organisation_id]
    day = clock.today().isoformat()
    queue_all(
        delivery(
            kind="email_held", address=each.address, organisation_id=each.organisation_id,
            context={"inbound": inbound.pk, "organisation": each.organisation_id, "why": each.why,
                     "person": each.person_id},
            dedupe=f"email_held:{inbound.agreement_id}:{each.organisation_id}:{day}:{each.address}",
        )
        for those in managers_by_party(own).values() for each in those
    )  # fmt: skip
