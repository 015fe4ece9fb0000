"""What falls due by signing: an awaited signature, and all that follows from being in force.

The signatory is reminded, then their MoU manager is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from agreements.contacts.due import set_contacts_due
from agreements.core.due import (
    SIGNATURE_AWAITED,
    DeadlineLetter,
    due_in_short,
    letters_with,
)
from agreements.core.in_groups import of_party
from agreements.core.recipients import read_managers
from agreements.models import Agreement, SignatureRequest, Version, read_holders
from agreements.reviews.due import set_review_due
from agreements.signing.by_link import asked_from, link_of
from agreements.versions.lines import signature_lines
from agreements.versions.steps import TO_MANAGER
from deadlines.kinds import DeadlineKind, ReadOfMany, Recipient, of_person
from deadlines.models import Deadline, Reminder
from deadlines.services.setting import set_together
from house.once import each_once
from mail.kinds import Message, NotNeeded
from mail.links.sending import url_of
from nhsuk.dates import day
from nhsuk.words import and_list
from parties.models import Role
from parties.reader import RoleThere, away, holders, is_away

NO_ACCOUNT = (
    "You need no account. Sign there by a code that we send to this address, or on paper, ask a "
    "question, or decline."
)


def set_all_due(agreement: Agreement) -> None:
    """Everything that follows from being in force. Call it with the agreement's row locked."""
    with set_together():
        set_review_due(agreement)
        set_contacts_due(agreement)


def recipients(deadline: Deadline, reminder: Reminder) -> Iterable[Recipient]:
    """The signatory; their MoU manager at the end, and where the signatory cannot sign now."""
    request = _request(deadline)
    found = _signatory(request, reminder)
    return of_party(request.party, [found]) if found else asked_from(request)


def _signatory(request: SignatureRequest, reminder: Reminder) -> Recipient | None:
    if reminder.offset in TO_MANAGER:
        return None
    organisation = request.party.organisation
    why = f"you were asked to sign for {organisation} {request.as_whom}."
    if request.address:
        return Recipient(request.address.email, why, organisation.pk, request.person_id)
    return None if _cannot_sign(request) else of_person(request.person, organisation, why)


def compose(deadline: Deadline, reminder: Reminder, recipient: Recipient) -> Message:
    request, about = _request(deadline), DeadlineLetter(deadline, recipient)
    asked_for = next(party for party in about.parties if party.pk == request.party_id)
    about.replies_to(request.asked_by, asked_for.organisation.pk)
    if request.state not in {"asked", "not_ready"}:
        raise NotNeeded
    if recipient.person_id == request.person_id:
        return _by_link(request, about) if request.address else _to_signatory(request, about)
    return _to_manager(request, about, last=reminder.offset in TO_MANAGER)


def _to_signatory(request: SignatureRequest, about: DeadlineLetter) -> Message:
    label, since = request.version.label, day(about.deadline.since)
    said = request.state == "not_ready"
    by_day = (f"The day to sign by is {day(request.sign_by)}.",) if request.sign_by else ()
    return about.message(
        f"sign version {label}, {_when(request, since)}",
        f"Version {label} of the MoU between {_parties(about)} has awaited your signature since "
        f"{since}.",
        *by_day,
        *message_said(request),
        "You said why you were not ready to sign. If that is settled, sign now."
        if said
        else "Log in to read the text and sign it. If you are not ready to sign, say why there.",
        button="Read and sign",
        path=f"sign/{request.pk}/",
    )


def _by_link(request: SignatureRequest, about: DeadlineLetter) -> Message:
    """With the link that was sent before. Raises NotNeeded where it was taken back, or where the
    person reads another address now: two people have looked at the one alone."""
    link, address = link_of(request), request.address
    if link is None or not link.works or address is None:
        raise NotNeeded
    if request.person.email.lower() != address.email:
        raise NotNeeded
    message = _to_signatory(request, about)
    *said, _ = message.paragraphs
    return replace(message, paragraphs=(*said, NO_ACCOUNT), button_url=url_of(link))


def message_said(request: SignatureRequest) -> tuple[str, ...]:
    """That there is a message: its words stand on the page alone."""
    return ("There is a message for you on the page.",) if request.message else ()


def _when(request: SignatureRequest, since: str) -> str:
    return due_in_short(request.sign_by) if request.sign_by else f"awaited since {since}"


def _to_manager(request: SignatureRequest, about: DeadlineLetter, *, last: bool) -> Message:
    label, title, since = request.version.label, request.title, day(about.deadline.since)
    cannot = "We do not remind them again." if last else "They are away, or may no longer sign."
    asked = (
        f"Since {since} version {label} of {about.mou} has awaited the signature of your {title}."
    )
    if request.sign_by:
        asked = f"{asked} The day to sign by is {day(request.sign_by)}."
    return about.message(
        f"version {label} not signed, {_when(request, since)}",
        asked,
        f"{cannot} You can ask them yourself, or ask another signatory instead.",
        button="Ask somebody else",
        path=f"versions/{request.version.seq}/signature/",
    )


def _cannot_sign(request: SignatureRequest) -> bool:
    may_sign = holders([_signing(request)])[_signing(request)]
    gone = is_away(request.person, request.party.organisation)
    return gone or request.person_id not in {u.person_id for u in may_sign}


def _signing(request: SignatureRequest) -> RoleThere:
    return request.party.organisation.pk, Role.SIGNATORY


def _parties(about: DeadlineLetter) -> str:
    return and_list(party.name for party in about.parties)


def _request(deadline: Deadline) -> SignatureRequest:
    return _requests([deadline.subject])[deadline.subject]


@each_once(SignatureRequest, Version)
def _requests(subjects: Collection[str]) -> dict[str, SignatureRequest]:
    rows = SignatureRequest.objects.select_related(
        "version__agreement", "party", "person__user", "asked_by__person", "address__kept_by"
    )
    found = {str(request.pk): request for request in rows.filter(pk__in=subjects)}
    for request in found.values():
        request.party.agreement = request.version.agreement
    return found


def _read_people(reminders: Sequence[Reminder]) -> ReadOfMany:
    """The signatories, and the managers of those who are not told themselves."""
    found = _requests(reminder.deadline.subject for reminder in reminders)
    read_holders(request.party for request in found.values())
    holders(map(_signing, found.values()))
    away((request.person_id, request.party.organisation.pk) for request in found.values())
    asked = ((found[reminder.deadline.subject], reminder) for reminder in reminders)
    return read_managers, (request.party for request, of in asked if not _signatory(request, of))


KIND = DeadlineKind(
    key=SIGNATURE_AWAITED,
    label="Signatures that are awaited",
    noun="Signature",
    recipients=recipients,
    compose=compose,
    lines=signature_lines,
    together="Sign versions",
    required=False,
    reads_people=_read_people,
    reads=letters_with(_requests),
)
