"""The reminders of a concern's actions, to named people alone and in words that say nothing."""

from __future__ import annotations

from collections.abc import Iterable

from agreements.core.due import due_in_short, due_in_words
from agreements.core.letters import AgreementLetter
from agreements.core.parties import parties_of
from agreements.models import Party
from deadlines.kinds import DeadlineKind, Recipient, of_person
from deadlines.lines import always
from deadlines.models import Deadline, Reminder
from escalations.concerns.mails import ONLY
from escalations.concerns.presenters.words import page_of
from escalations.concerns.services.due import KIND
from escalations.models import ConcernAction, ConcernReader
from mail.kinds import Message, NotNeeded


def _recipients(deadline: Deadline, _: Reminder) -> Iterable[Recipient]:
    """Who sees to the action, as long as they read the concern; else its owner's readers."""
    action = _of(deadline)
    rows = ConcernReader.objects.still_open().filter(concern=action.concern, user__is_active=True)
    readers = list(rows.select_related("user__person").order_by("pk"))
    named = [each for each in readers if each.user_id == action.sees_to_it_id]
    owners = [each for each in readers if each.party_id == action.concern.party_id]
    sides = {party.pk: party for party in parties_of(action.concern.agreement)}
    for reader in named or owners:
        if found := _told(reader, sides[reader.party_id]):
            yield found


def _told(reader: ConcernReader, party: Party) -> Recipient | None:
    if reader.user.person is None:
        return None
    why = f"you read this record for {party.name}."
    return of_person(reader.user.person, party.organisation, why)


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
    rows = ConcernAction.objects.select_related(
        "concern__agreement__in_force_version", "sees_to_it__person"
    )
    return rows.get(pk=deadline.subject)


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
)
