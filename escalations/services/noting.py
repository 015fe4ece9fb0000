"""What each side wants, and notes, which may stay a side's own until it shares them."""

from __future__ import annotations

from escalations.models import Disagreement, Step
from escalations.services.case import case_of
from escalations.services.telling import tell_others
from house.refusals import NotYours, Refused
from parties.acting import Acting

Kind = Step.Kind


def say_wanted(*, by: Acting, disagreement: Disagreement, text: str) -> Step:
    """Says what one's own side wants. What it said before stays; the newest counts."""
    with case_of(by=by, disagreement=disagreement) as case:
        case.require_notes()
        case.must_be_open()
        if again := case.repeated(Kind.WANTED, text=text):
            return again
        step = case.write(Kind.WANTED, text=text)
        case.record("disagreement_wanted", step)
        tell_others(case, step)
    return step


def add_note(*, by: Acting, disagreement: Disagreement, text: str, own: bool) -> Step:
    """Adds a note, for one's own side alone or for all."""
    with case_of(by=by, disagreement=disagreement) as case:
        case.require_notes()
        case.must_be_open()
        if again := case.repeated(Kind.NOTE, text=text, own=own):
            return again
        note = case.write(Kind.NOTE, text=text, own=own)
        case.record_quietly("added a note", note)
    return note


def share_note(*, by: Acting, note: Step) -> None:
    """Shows an own note to the other side, for good. Also when the matter is closed."""
    with case_of(by=by, disagreement=note.disagreement) as case:
        case.require_notes()
        if note.party != case.party:
            raise NotYours("Each side shares its own notes.")
        if not note.own:
            raise Refused("Both sides see this note already.")
        if note.followed_by.filter(kind=Kind.SHARED).exists():
            return
        case.record_quietly("shared a note", case.write(Kind.SHARED, about=note))
