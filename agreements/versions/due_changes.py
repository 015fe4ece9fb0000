"""The reminder of changes that a party asks for before it approves (record 0022)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from agreements.core.due import CHANGES_ASKED, DeadlineLetter, letters_with
from agreements.core.recipients import managers_by_party, read_managers
from agreements.models import Agreement, Approval, Party, Version, read_parties
from agreements.versions.changes import drafters
from deadlines.kinds import DeadlineKind, ReadOfMany, Recipient
from deadlines.lines import Line
from deadlines.models import Deadline, Reminder
from house.once import each_once
from mail.kinds import Message
from nhsuk.dates import day
from parties.who import DRAFTERS, MANAGERS


def _recipients(deadline: Deadline, _reminder: Reminder) -> Iterable[Recipient]:
    approval = _approval(deadline)
    found = managers_by_party(drafters(approval.version.agreement, approval))
    return [each for of_party in found.values() for each in of_party]


def _read_people(reminders: Sequence[Reminder]) -> ReadOfMany:
    found = _approvals(reminder.deadline.subject for reminder in reminders).values()
    concerned = (party for each in found for party in drafters(each.version.agreement, each))
    return read_managers, concerned


def _compose(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    approval, about = _approval(deadline), DeadlineLetter(deadline, recipient)
    version, since = approval.version, day(deadline.since)
    out = version.is_under_way
    return about.message(
        f"make the changes asked for in version {version.label}, since {since}",
        f"{approval.party.name} approved version {version.label} of {about.mou} subject to "
        f"changes. They wait to be made since {since}.",
        "Recall the version, then make only these changes and number the text again."
        if out
        else "Make only these changes in the draft, then number the text again.",
        f"{approval.party.name} confirms them without a second meeting.",
        button="Read what is asked for",
        path=f"versions/{version.seq}/#standing",
    )


def _lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    found = _approvals(deadline.subject for deadline in deadlines)
    for deadline in deadlines:
        approval = found[deadline.subject]
        version = approval.version
        out = version.is_under_way
        yield Line(
            f"Make the changes asked for in version {version.label} of",
            f"versions/{version.seq}/" if out else "text/",
            "Read what is asked for" if out else "Edit the draft",
            may=MANAGERS.roles if out else DRAFTERS.roles,
            recorded_for=approval.party.organisation.pk,
        )


def _approval(deadline: Deadline) -> Approval:
    return _approvals([deadline.subject])[deadline.subject]


@each_once(Approval, Version, Agreement, Party)
def _approvals(subjects: Collection[str]) -> dict[str, Approval]:
    """By id, each with the parties of its agreement at hand."""
    found = list(Approval.objects.filter(pk__in=subjects).select_related("version__agreement"))
    read_parties([approval.version.agreement for approval in found])
    for approval in found:
        sides = approval.version.agreement.sides
        approval.party = next(each for each in sides if each.pk == approval.party_id)
    return {str(approval.pk): approval for approval in found}


KIND = DeadlineKind(
    key=CHANGES_ASKED,
    label="Changes that are asked for",
    noun="Changes asked for",
    recipients=_recipients,
    compose=_compose,
    lines=_lines,
    together="Make changes",
    required=False,
    reads_people=_read_people,
    reads=letters_with(_approvals),
)
