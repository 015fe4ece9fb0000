"""What is written beside the acts: what each side wants, notes, which stay a side's own until it
shares them, and advice of a third, such as the local medical committee (E12).
"""

from __future__ import annotations

from datetime import date

from escalations.models import Disagreement, Step
from escalations.services.case import case_of
from escalations.services.telling import tell_others
from house import clock
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
            raise Refused("All sides see this note already.")
        if note.followed_by.filter(kind=Kind.SHARED).exists():
            return
        case.record_quietly("shared a note", case.write(Kind.SHARED, about=note))


def ask_advice(
    *, by: Acting, disagreement: Disagreement, at_level: str, adviser: str, on: date, text: str
) -> Step:
    """Records that somebody outside the parties was asked: who, when, what. Asks nobody itself."""
    with case_of(by=by, disagreement=disagreement) as case:
        case.must_be_at(at_level)
        _not_later_than_today(on)
        if again := case.repeated(Kind.ADVICE_ASKED, adviser=adviser, on=on, text=text):
            return again
        actor = case.require_actor()
        asked = case.write(
            Kind.ADVICE_ASKED, adviser=adviser, on=on, text=text, for_person=actor.for_person
        )
        case.record("disagreement_advice_asked", asked, adviser=adviser, on=on.isoformat())
        tell_others(case, asked)
    return asked


def record_advice(*, by: Acting, asked: Step, on: date, text: str) -> Step:
    """Records what they answered. Either side may: both read it."""
    with case_of(by=by, disagreement=asked.disagreement) as case:
        case.require_notes()
        if again := asked.followed_by.filter(kind=Kind.ADVICE_GIVEN).first():
            return again
        case.must_be_open()
        _not_later_than_today(on)
        if asked.on and on < asked.on:
            raise Refused("They cannot have answered before they were asked.", field="on")
        given = case.write(Kind.ADVICE_GIVEN, about=asked, adviser=asked.adviser, on=on, text=text)
        case.record("disagreement_advice_given", given, adviser=asked.adviser, on=on.isoformat())
        tell_others(case, given)
    return given


def _not_later_than_today(on: date) -> None:
    if on > clock.today():
        raise Refused("Enter a day that is not in the future.", field="on")
