"""The notes to the successor that a reader may see, with what they said before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from agreements.models import Agreement, HandoverNote
from parties.acting import Acting

# Of what a note said before, so many are shown.
MOST_BEFORE = 5


@dataclass(frozen=True)
class Words:
    """What a note says, or said until somebody wrote another."""

    text: str
    who: str
    at: datetime


@dataclass
class Note:
    """A party's note; `edit_no` is its number now, `before` what it said, the newest first."""

    edit_no: int
    now: Words
    before: list[Words] = field(default_factory=list)


def notes_of(agreement: Agreement, acting: Acting) -> dict[int, Note]:
    """Party id -> its note, of the reader's own sides (one query: its history ends with it)."""
    seen = HandoverNote.objects.visible_to(acting).filter(party__agreement=agreement)
    rows = HandoverNote.history.filter(id__in=seen.order_by().values("pk"))
    found: dict[int, Note] = {}
    for row in rows.select_related("written_by__person").order_by("-history_id"):
        words = Words(row.text, str(row.written_by), row.written_at)
        note = found.setdefault(row.party_id, Note(row.edit_no, words))
        if note.now != words and row.text and len(note.before) < MOST_BEFORE:
            note.before.append(words)
    return found
