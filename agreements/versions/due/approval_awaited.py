"""A party's approval of a version: its MoU manager is reminded, or whom it was left to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from agreements.core.due import APPROVAL_AWAITED, number_in
from agreements.core.recipients import managers_of
from agreements.core.reminding import DeadlineLetter
from agreements.models import Version
from agreements.versions.services.approving import open_delegation
from deadlines.kinds import DeadlineKind, Recipient
from deadlines.models import Deadline, Reminder
from deadlines.recipients import of_person
from house.room import Todo
from mail.kinds import Message, NotNeeded
from nhsuk.dates import day
from parties.acting import Acting


def recipients(deadline: Deadline, _reminder: Reminder) -> Iterable[Recipient]:
    version = _version(deadline)
    party = version.agreement.parties.get(slot=deadline.occurrence)
    delegation = open_delegation(version, party)
    if delegation and delegation.delegated_to:
        why = f"{party.organisation} asked you to finalise this MoU."
        found = of_person(delegation.delegated_to, party.organisation, why)
        if found:
            return [found]
    return managers_of(party)


def compose(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    version, about = _version(deadline), DeadlineLetter(deadline, recipient)
    route = version.typed_terms.route_of(about.own.slot)
    since = day(deadline.since)
    if version.state == Version.State.WITHDRAWN or route.route == "none":
        raise NotNeeded
    if open_delegation(version, about.own):
        return about.message(
            f"changes in version {version.label} to confirm",
            f"Since {since} version {version.label} of {about.mou} has waited for you to confirm "
            "its changes.",
            "Read the changes. If they are right, confirm them, and the approval holds.",
            button="Read the changes",
            path=f"versions/{version.seq}/changes/",
        )
    signed = version.state == Version.State.SIGNED
    return about.message(
        f"version {version.label} awaits your approval",
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
    return Version.objects.select_related("agreement").get(pk=number_in(deadline.subject_key))


def todos(_deadlines: Sequence[Deadline], _acting: Acting) -> Mapping[int, Todo]:
    """None: what a version waits for stands on the home page as its steps."""
    return {}


KIND = DeadlineKind(
    key=APPROVAL_AWAITED,
    label="Approvals that are awaited",
    noun="Approval",
    recipients=recipients,
    compose=compose,
    todos=todos,
    required=False,
)
