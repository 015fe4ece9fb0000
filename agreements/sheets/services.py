"""The private note to the successor: written by people of the party alone (X13)."""

from __future__ import annotations

from django.db import transaction

from agreements.core.parties import require_role, sides_of
from agreements.models import HandoverNote, Party
from audit.services import write_entry
from house import clock
from house.lifecycle import lock
from house.refusals import ChangedMeanwhile, NotYours
from parties.acting import Acting
from parties.who import DRAFTERS


def write_note(*, by: Acting, party: Party, edit_no: int, text: str) -> HandoverNote:
    """Puts this text in the note of one's own side; an empty one takes it away.

    The timeline does not say so, because all parties read that; the audit does, without the words.
    Raises NotYours for another party's, ChangedMeanwhile where somebody else wrote since.
    """
    require_role(by, DRAFTERS)
    with transaction.atomic():
        agreement = lock(party.agreement)
        if party.pk not in {side.pk for side in sides_of(agreement, by)}:
            raise NotYours("Each party writes its own note to the successor.")
        note = HandoverNote.objects.filter(party=party).first() or HandoverNote(party=party)
        if note.edit_no != edit_no:
            raise ChangedMeanwhile("note", note.edit_no)
        if note.text == text:
            return note
        note.text, note.edit_no = text, note.edit_no + 1
        note.written_by, note.written_at = by.who, clock.now()
        note.save()
        write_entry(
            actor=by.user,
            organisation_id=by.organisation_id,
            verb="handover_note_written",
            about=note,
            payload={"agreement": agreement.reference, "party": party.key},
        )
    return note
