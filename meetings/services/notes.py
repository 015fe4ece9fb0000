"""Notes of a meeting that the parties of some of its agreements read alone (record 0055)."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from agreements.models import Agreement
from house import clock
from house.keys import key_of_form
from house.lifecycle import lock
from house.refusals import ChangedMeanwhile, Refused
from meetings.models import Meeting, Note, NoteAbout
from meetings.rules.who import require_own, require_party, require_recorder
from meetings.services.locking import lock_meeting
from meetings.services.telling import tell_of_meeting
from parties.acting import Acting


def add_note(
    *,
    by: Acting,
    meeting: Meeting,
    text: str,
    about: Collection[Agreement],
    key: UUID | None = None,
) -> Note:
    """Writes down what a meeting that was held said of these agreements; their parties are told.

    `key` is the number of the form: the same form sent twice writes one note. Raises Refused
    before the meeting is recorded, and without an agreement.
    """
    require_recorder(by, meeting.series)
    with transaction.atomic():
        current = lock_meeting(meeting)
        if not current.is_held:
            raise Refused("Record the meeting first, then add what only some read.")
        if key and (known := Note.objects.filter(key=key, meeting=current).first()):
            return known
        agreements = require_own(by, current, about)
        if not agreements:
            raise Refused("Choose at least one agreement.", field="about")
        made = Note.objects.create(
            meeting=current, text=text, written_by=by.who, written_for=by.on_behalf_of,
            written_at=clock.now(), **key_of_form(Note, key),
        )  # fmt: skip
        NoteAbout.objects.bulk_create(NoteAbout(note=made, agreement=each) for each in agreements)
        _tell(by, made, "note_added", agreements)
    return made


def word_note(*, by: Acting, note: Note, edit_no: int, text: str) -> bool:
    """Changes what a note says; whoever reads it may. Returns whether anything changed.

    Raises Refused when somebody else changed it since.
    """
    require_recorder(by, note.meeting.series)
    with transaction.atomic():
        meeting = lock_meeting(note.meeting)
        current = lock(note)
        current.meeting = meeting
        agreements = [row.agreement for row in current.about.select_related("agreement")]
        require_party(by, agreements)
        if current.text == text:
            return False
        if current.edit_no != edit_no:
            raise ChangedMeanwhile("note", current.edit_no)
        current.text = text
        current.edit_no += 1
        current.save()
        _tell(by, current, "note_changed", agreements)
    return True


def _tell(by: Acting, note: Note, verb: str, agreements: Collection[Agreement]) -> None:
    once = f"{note.pk}-{note.edit_no}"
    tell_of_meeting(note.meeting, verb, by=by, under=list(agreements), once=once)
