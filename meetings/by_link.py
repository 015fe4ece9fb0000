"""By a link a key contact without an account says whether a meeting's record is right (0052)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from agreements.core.by_link import contact_without_account, for_contacts, with_link
from agreements.models import Party
from mail.kinds import Message

ANSWERS: Final = for_contacts(
    "answers_meeting",
    "Record of a meeting to confirm",
    "say whether the record of a meeting is right",
)
# What a record is told by, that somebody may confirm.
TO_CONFIRM: Final = frozenset(
    {"meeting_recorded", "meeting_corrected", "note_added", "note_changed"}
)


def with_answer(
    message: Message, verb: str, meeting: int, parties: Iterable[Party], reader: tuple[int, int]
) -> Message:
    """The e-mail as its reader, an organisation and a person, can answer it."""
    organisation, person = reader
    own = (party for party in parties if party.organisation.pk == organisation)
    party = next((each for each in own if contact_without_account(each, person)), None)
    if party is None or verb not in TO_CONFIRM:
        return message
    return with_link(message, ANSWERS, meeting, party, person)
