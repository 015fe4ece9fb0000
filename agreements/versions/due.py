"""What is due while a version is under way: signatures and approvals, chased with an end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from agreements.core.due import (
    APPROVAL_AWAITED,
    SIGNATURE_AWAITED,
    DeadlineLetter,
    key_of,
    read_letters,
)
from agreements.core.parties import parties_of
from agreements.core.states import ApprovalStanding, open_delegation, standings
from agreements.core.telling import managers_of
from agreements.models import Agreement, Approval, SignatureRequest, Version
from deadlines.kinds import DeadlineKind, Recipient, of_person
from deadlines.lines import always
from deadlines.models import Deadline, Reminder
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from house import clock
from house.once import each_once
from mail.kinds import Message, NotNeeded
from nhsuk.dates import day
from parties.models import Role

# The signatory is reminded, four times; then it is their MoU manager's to see to.
TELL_MANAGER = "since:+28"
SIGNATURE_CHASED = ["since:+3", "since:+7", "since:+14", "since:+21", TELL_MANAGER]
# Somebody who said why not yet is not asked again within the week.
NOT_READY_CHASED = SIGNATURE_CHASED[1:]
APPROVAL_CHASED = ["since:+7", "since:+14", "since:+28", "since:+42"]

Decision = Approval.Decision
# After these the text has to change: nobody waits for another decision on this version.
CLOSES = frozenset({Decision.SUBJECT_TO_CHANGES, Decision.REJECTED})


def chase_signature(request: SignatureRequest) -> None:
    """The signature is awaited from now on: asked for, asked of another, or not ready yet."""
    party, not_ready = request.party, request.state == SignatureRequest.State.NOT_READY
    set_deadline(
        kind=SIGNATURE_AWAITED,
        subject_key=key_of(request),
        since=clock.now(),
        schedule=NOT_READY_CHASED if not_ready else SIGNATURE_CHASED,
        holders=[For(party.organisation, person=request.person)],
        references=[request.version.agreement.reference],
    )


def stop_chasing_signature(request: SignatureRequest) -> None:
    """It was given, on paper too, or is no longer asked for."""
    given = request.state == SignatureRequest.State.SIGNED
    close = meet_deadline if given else cancel_deadline
    close(kind=SIGNATURE_AWAITED, subject_key=key_of(request))


def chase_approvals(version: Version) -> None:
    """Each party's approval is awaited or not, as the version stands now.

    Call it with the version's row locked, whenever it was sent round, decided on or recalled.
    """
    agreement = version.agreement
    if agreement.origin == Agreement.Origin.REGISTERED:
        return
    given = Approval.objects.filter(version=version)
    for row in standings(version, parties_of(agreement), given):
        if _is_awaited(version, row):
            _chase_approval(version, row)
        else:
            close = meet_deadline if row.is_given else cancel_deadline
            close(kind=APPROVAL_AWAITED, subject_key=key_of(version), occurrence=row.party.slot)


def _is_awaited(version: Version, row: ApprovalStanding) -> bool:
    """Sent round, or signed before it: the approval is then to be ratified."""
    awaited = version.state in {"out_for_approval", "out_for_signature", "signed"}
    decided = row.latest is not None and row.latest.decision in CLOSES
    return awaited and not row.is_given and not decided


def _chase_approval(version: Version, row: ApprovalStanding) -> None:
    # A decision that settles nothing, "deferred", begins the waiting anew.
    since: datetime | None = row.latest.recorded_at if row.latest else None
    set_deadline(
        kind=APPROVAL_AWAITED,
        subject_key=key_of(version),
        occurrence=row.party.slot,
        since=since,
        schedule=APPROVAL_CHASED,
        holders=[For(row.party.organisation, role=Role.MANAGER)],
        references=[version.agreement.reference],
    )


def _recipients(deadline: Deadline, _reminder: Reminder) -> Iterable[Recipient]:
    version = _version(deadline)
    sides = parties_of(version.agreement)
    party = next(party for party in sides if party.slot == deadline.occurrence)
    delegation = open_delegation(version, party)
    if delegation and delegation.delegated_to:
        why = f"{party.organisation} asked you to finalise this MoU."
        found = of_person(delegation.delegated_to, party.organisation, why)
        if found:
            return [found]
    return managers_of(party)


def _compose(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    version, about = _version(deadline), DeadlineLetter(deadline, recipient)
    route = version.typed_terms.route_of(about.own.slot)
    since = day(deadline.since)
    if version.state == Version.State.WITHDRAWN or route.route == "none":
        raise NotNeeded
    if open_delegation(version, about.own):
        return about.message(
            f"confirm the changes in version {version.label}, awaited since {since}",
            f"Since {since} version {version.label} of {about.mou} has waited for you to confirm "
            "its changes.",
            "Read the changes. If they are right, confirm them, and the approval holds.",
            button="Read the changes",
            path=f"versions/{version.seq}/changes/",
        )
    signed = version.state == Version.State.SIGNED
    return about.message(
        f"approve version {version.label}, awaited since {since}",
        f"Version {version.label} of {about.mou} has awaited the approval of your {route.name} "
        f"since {since}.",
        "It was signed before. Until the decision is recorded, the signed copy says “approval to "
        "be ratified”."
        if signed
        else "If they have decided, record it. If not, bring it to them.",
        button="Record the decision",
        path=f"versions/{version.seq}/decision/",
    )


def _version(deadline: Deadline) -> Version:
    return _versions([deadline.subject])[deadline.subject]


@each_once(Version, Agreement)
def _versions(subjects: Collection[str]) -> dict[str, Version]:
    rows = Version.objects.select_related("agreement").filter(pk__in=subjects)
    return {str(version.pk): version for version in rows}


def _read(deadlines: Sequence[Deadline]) -> None:
    read_letters(deadlines)
    _versions(deadline.subject for deadline in deadlines)


KIND = DeadlineKind(
    key=APPROVAL_AWAITED,
    label="Approvals that are awaited",
    noun="Approval",
    recipients=_recipients,
    compose=_compose,
    # What a version waits for stands on the home page as its steps.
    lines=always(None),
    required=False,
    reads=_read,
)
