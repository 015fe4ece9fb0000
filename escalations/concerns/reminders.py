"""The reminders of a concern's actions, to named people alone and in words that say nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from agreements.core.due import due_in_short, due_in_words
from agreements.core.letters import AgreementLetter, read_named
from agreements.core.parties import parties_of
from agreements.models import Party, read_parties
from deadlines.kinds import DeadlineKind, ReadOfMany, Recipient, of_person
from deadlines.lines import always
from deadlines.models import Deadline, Reminder
from escalations.concerns.mails import ONLY
from escalations.concerns.presenters.words import page_of
from escalations.concerns.services.due import KIND
from escalations.models import ConcernAction, ConcernReader
from house.once import each_once
from mail.kinds import Message, NotNeeded
from parties.models import User
from parties.reader import there


def _recipients(deadline: Deadline, _: Reminder) -> Iterator[Recipient]:
    for reader, party in _told(_of(deadline)):
        why = f"you read this record for {party.name}."
        if reader.user.person and (found := of_person(reader.user.person, party.organisation, why)):
            yield found


def _told(action: ConcernAction) -> Iterator[tuple[ConcernReader, Party]]:
    """Who sees to the action, as long as they read the concern; else its owner's readers."""
    concern = action.concern
    readers = _readers([concern.pk])[concern.pk]
    named = [each for each in readers if each.user_id == action.sees_to_it_id]
    owners = [each for each in readers if each.party_id == concern.party_id]
    sides = {party.pk: party for party in parties_of(concern.agreement)}
    return ((each, sides[each.party_id]) for each in named or owners)


def _compose(deadline: Deadline, _: Reminder, recipient: Recipient) -> Message:
    action = _of(deadline)
    concern = action.concern
    if not (action.is_open and concern.is_open and action.due_on):
        raise NotNeeded
    parties = parties_of(concern.agreement)
    own = next((p for p in parties if p.organisation.pk == recipient.organisation_id), None)
    letter = AgreementLetter(concern.agreement, own, why=recipient.why)
    return letter.message(
        f"see to a confidential record, {due_in_short(action.due_on)}",
        f"Action {action.number} of a confidential record under {letter.mou} "
        f"{due_in_words(action.due_on)}.",
        ONLY,
        button="Open the record",
        to=page_of(concern),
    )


def _of(deadline: Deadline) -> ConcernAction:
    return _actions([deadline.subject])[deadline.subject]


@each_once(ConcernAction)
def _actions(subjects: Collection[str]) -> dict[str, ConcernAction]:
    rows = ConcernAction.objects.select_related("concern__agreement__in_force_version")
    return {str(each.pk): each for each in rows.filter(pk__in=subjects)}


@each_once(ConcernReader, User)
def _readers(concerns: Collection[int]) -> dict[int, list[ConcernReader]]:
    """Concern id -> who reads it and may log in (one query)."""
    found: dict[int, list[ConcernReader]] = {pk: [] for pk in concerns}
    rows = ConcernReader.objects.still_open().filter(concern__in=found, user__is_active=True)
    for each in rows.select_related("user__person__user").order_by("pk"):
        found[each.concern_id].append(each)
    return found


def _all_of(reminders: Iterable[Reminder]) -> list[ConcernAction]:
    return list(_actions(each.deadline.subject for each in reminders).values())


def _read_people(reminders: Sequence[Reminder]) -> ReadOfMany:
    found = _all_of(reminders)
    _readers(action.concern_id for action in found)
    read_parties(action.concern.agreement for action in found)
    told = (each for action in found for each in _told(action))
    return there, [
        (reader.user.person_id, party.organisation.pk)
        for reader, party in told
        if reader.user.person_id
    ]


def _read(reminders: Sequence[Reminder]) -> None:
    read_named(action.concern.agreement for action in _all_of(reminders))


CONCERN_ACTION = DeadlineKind(
    key=KIND,
    label="Actions of confidential records that you read",
    noun="Confidential record",
    recipients=_recipients,
    compose=_compose,
    # It has no holder, so nobody has a line of it: `todo` of the room has those of its readers.
    lines=always(None),
    confidential=True,
    required=False,
    reads_people=_read_people,
    reads=_read,
)
