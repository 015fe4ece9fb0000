"""What is due while a version is under way: decisions that people are reminded of, and the steps
that they find on Home."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from agreements.core.carrying import confirmer_here, to_confirm, what_to_do, why_you
from agreements.core.due import (
    APPROVAL_AWAITED,
    REJECTION_STANDS,
    SCAN_TO_CONFIRM,
    SIGNATURE_TO_ASK,
    VERSION_TO_SEND,
    DeadlineLetter,
    read_letters,
)
from agreements.core.parties import parties_of
from agreements.core.recipients import managers_of, read_managers
from agreements.core.states import approvals_under, route_awaited
from agreements.models import Agreement, Approval, Party, Version, read_parties
from agreements.versions import due_changes
from agreements.versions.lines import (
    approval_lines,
    rejection_lines,
    scan_lines,
    send_out_lines,
    to_ask_lines,
)
from deadlines.kinds import DeadlineKind, ReadOfMany, Recipient, of_person, without_reminders
from deadlines.models import Deadline, Reminder
from house.once import each_once
from mail.kinds import Message, NotNeeded
from nhsuk.dates import day
from parties.reader import members


def _recipients(deadline: Deadline, _reminder: Reminder) -> Iterable[Recipient]:
    version, party = _version(deadline), _party(deadline)
    left = to_confirm(version, party)
    if left and (person := confirmer_here(left, party)):
        found = of_person(person, party.organisation, why_you(left, party))
        if found:
            return [found]
    return managers_of(party)


def _compose(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    version, about = _version(deadline), DeadlineLetter(deadline, recipient)
    route = route_awaited(version, about.own)
    since = day(deadline.since)
    if not (version.is_under_way or version.state == Version.State.SIGNED) or route.route == "none":
        raise NotNeeded
    if left := to_confirm(version, about.own):
        return _changes(about, version, left, since)
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


def _changes(about: DeadlineLetter, version: Version, left: Approval, since: str) -> Message:
    """Its party has approved already: what is left is a word on the changes."""
    you = bool(confirmer_here(left, about.own))
    who = "you" if you else left.confirmer
    return about.message(
        f"confirm the changes in version {version.label}, awaited since {since}",
        f"Since {since} version {version.label} of {about.mou} has waited for {who} to confirm "
        "its changes.",
        what_to_do(left, here=you),
        button="Read the changes",
        path=f"versions/{version.seq}/changes/",
    )


def _party(deadline: Deadline) -> Party:
    """Whose decision is awaited."""
    sides = parties_of(_version(deadline).agreement)
    return next(party for party in sides if party.key == deadline.occurrence)


def _version(deadline: Deadline) -> Version:
    return _versions([deadline.subject])[deadline.subject]


@each_once(Version, Agreement)
def _versions(subjects: Collection[str]) -> dict[str, Version]:
    rows = Version.objects.select_related("agreement").filter(pk__in=subjects)
    return {str(version.pk): version for version in rows}


def _read(reminders: Sequence[Reminder]) -> None:
    read_letters(reminders)
    found = _versions(reminder.deadline.subject for reminder in reminders)
    approvals_under(version.agreement_id for version in found.values())


def _read_people(reminders: Sequence[Reminder]) -> ReadOfMany:
    """Also what was left to somebody."""
    deadlines = [reminder.deadline for reminder in reminders]
    agreements = [each.agreement for each in _versions(d.subject for d in deadlines).values()]
    read_parties(agreements)
    approvals_under(agreement.pk for agreement in agreements)
    parties = list(map(_party, deadlines))
    left = (to_confirm(*each) for each in zip(map(_version, deadlines), parties, strict=True))
    named = zip(left, parties, strict=True)
    members(party.organisation.pk for approval, party in named if approval)
    return read_managers, parties


KINDS = [
    DeadlineKind(
        key=APPROVAL_AWAITED,
        label="Approvals that are awaited",
        noun="Approval",
        recipients=_recipients,
        compose=_compose,
        lines=approval_lines,
        together="Record decisions",
        required=False,
        reads_people=_read_people,
        reads=_read,
    ),
    due_changes.KIND,
    without_reminders(REJECTION_STANDS, "Rejection", rejection_lines, "Decide again"),
    without_reminders(VERSION_TO_SEND, "Version to send out", send_out_lines, "Start approvals"),
    without_reminders(SIGNATURE_TO_ASK, "Signature to ask for", to_ask_lines, "Ask for signatures"),
    without_reminders(SCAN_TO_CONFIRM, "Scan to confirm", scan_lines, "Confirm scans"),
]
