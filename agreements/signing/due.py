"""What falls due by signing: an awaited signature, and all that follows from being in force.

The signatory is reminded, then their MoU manager is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef

from agreements.contacts.due import set_contacts_due
from agreements.core.access import write_access
from agreements.core.choices import signatories_of
from agreements.core.due import (
    APPROVAL_AWAITED,
    REVIEW,
    SIGNATURE_AWAITED,
    DeadlineLetter,
    read_letters,
)
from agreements.core.telling import managers_of
from agreements.models import Agreement, SignatureRequest, Version
from agreements.reviews.due import set_review_due
from agreements.versions.due import TELL_MANAGER, chase_approvals, chase_signature
from deadlines.kinds import DeadlineKind, Recipient, of_person
from deadlines.lines import always
from deadlines.models import Concerned, Deadline, Reminder
from deadlines.services.setting import set_together
from house.lifecycle import lock
from house.once import each_once
from mail.kinds import Message, NotNeeded
from nhsuk.dates import day
from nhsuk.words import and_list
from parties.reader import is_away


def set_all_due(agreement: Agreement) -> None:
    """Everything that follows from being in force. Call it with the agreement's row locked."""
    with set_together():
        set_review_due(agreement)
        set_contacts_due(agreement)


def make_up_for_missing() -> Iterator[str]:
    """Sets the deadlines of agreements that have none yet. Gives their references.

    For agreements from before the portal kept deadlines; a second run finds nothing to do.
    """
    yield from _in_force_without()
    yield from _under_way_without()


def _in_force_without() -> Iterator[str]:
    without = Agreement.objects.with_duties().filter(~_concerned("reference", REVIEW))
    for pk in without.exclude(review_on=None).values_list("pk", flat=True):
        with transaction.atomic():
            agreement = lock(Agreement(pk=pk))
            if agreement.has_duties:
                set_all_due(agreement)
                write_access(agreement)
        yield agreement.reference


def _under_way_without() -> Iterator[str]:
    """Versions that wait for approvals or signatures: they are chased from now on."""
    missing = ~_concerned("agreement__reference", APPROVAL_AWAITED, SIGNATURE_AWAITED)
    out = Version.objects.filter(missing, state__in=["out_for_approval", "out_for_signature"])
    for pk in out.values_list("pk", flat=True):
        with transaction.atomic():
            version = lock(Version(pk=pk))
            chase_approvals(version)
            for request in version.signature_requests.filter(state__in=["asked", "not_ready"]):
                chase_signature(request)
        yield version.agreement.reference


def _concerned(reference: str, *kinds: str) -> Exists:
    """Whether an agreement has, or once had, a deadline of one of these kinds."""
    return Exists(Concerned.objects.filter(reference=OuterRef(reference), deadline__kind__in=kinds))


def recipients(deadline: Deadline, reminder: Reminder) -> Iterable[Recipient]:
    """The signatory; their MoU manager at the end, and where the signatory cannot sign now."""
    request = _request(deadline)
    if reminder.offset == TELL_MANAGER or _cannot_sign(request):
        return managers_of(request.party)
    organisation = request.party.organisation
    why = f"you were asked to sign for {organisation} as {request.title}."
    found = of_person(request.person, organisation, why)
    return [found] if found else managers_of(request.party)


def compose(deadline: Deadline, reminder: Reminder, recipient: Recipient) -> Message:
    request, about = _request(deadline), DeadlineLetter(deadline, recipient)
    about.replies_to(request.asked_by, request.party.organisation.pk)
    if request.state not in {"asked", "not_ready"}:
        raise NotNeeded
    if recipient.person_id == request.person_id:
        return _to_signatory(request, about)
    return _to_manager(request, about, last=reminder.offset == TELL_MANAGER)


def _to_signatory(request: SignatureRequest, about: DeadlineLetter) -> Message:
    label, since = request.version.label, day(about.deadline.since)
    said = request.state == "not_ready"
    return about.message(
        f"sign version {label}, awaited since {since}",
        f"Version {label} of the MoU between {_parties(about)} has awaited your signature since "
        f"{since}.",
        "You said why you were not ready to sign. If that is settled, sign now."
        if said
        else "Log in to read the text and sign it. If you are not ready to sign, say why there.",
        button="Read and sign",
        path=f"sign/{request.pk}/",
    )


def _to_manager(request: SignatureRequest, about: DeadlineLetter, *, last: bool) -> Message:
    label, title, since = request.version.label, request.title, day(about.deadline.since)
    cannot = "We do not remind them again." if last else "They are away, or may no longer sign."
    return about.message(
        f"version {label} not signed, awaited since {since}",
        f"Since {since} version {label} of {about.mou} has awaited the signature of your {title}.",
        f"{cannot} You can ask them yourself, or ask another signatory instead.",
        button="Ask somebody else",
        path=f"versions/{request.version.seq}/signature/",
    )


def _cannot_sign(request: SignatureRequest) -> bool:
    person, organisation = request.person, request.party.organisation
    return is_away(person) or not signatories_of(organisation).filter(pk=person.pk).exists()


def _parties(about: DeadlineLetter) -> str:
    return and_list(party.name for party in about.parties)


def _request(deadline: Deadline) -> SignatureRequest:
    return _requests([deadline.subject])[deadline.subject]


@each_once(SignatureRequest, Version)
def _requests(subjects: Collection[str]) -> dict[str, SignatureRequest]:
    rows = SignatureRequest.objects.select_related(
        "version", "party", "person__user", "asked_by__person"
    )
    return {str(request.pk): request for request in rows.filter(pk__in=subjects)}


def _read(deadlines: Sequence[Deadline]) -> None:
    read_letters(deadlines)
    _requests(deadline.subject for deadline in deadlines)


KIND = DeadlineKind(
    key=SIGNATURE_AWAITED,
    label="Signatures that are awaited",
    noun="Signature",
    recipients=recipients,
    compose=compose,
    lines=always(None),
    required=False,
    reads=_read,
)
