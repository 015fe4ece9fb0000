"""What is written beside the acts: what a side wants, notes, answers to advice, who acts."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from agreements.core.choices import people_for
from escalations.forms.people import PersonForm
from escalations.forms.steps import AnswerForm, NoteForm, WantedForm
from escalations.models import Step
from escalations.rules.levels import level_of
from escalations.services.advising import record_advice
from escalations.services.naming import name_person
from escalations.services.noting import add_note, say_wanted, share_note
from escalations.views.reached import answer, page_for, step_of
from house.refusals import Refused
from nhsuk.forms import Form
from nhsuk.words import and_list
from parties.models import Person


def wanted(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One's own side says what it wants."""
    page = page_for(request, reference, number)
    page.reader.require_notes()
    form = WantedForm(request.POST or None, initial={"text": page.parts.own_wanted})

    def act(text: str) -> None:
        say_wanted(by=page.reader.acting, disagreement=page.disagreement, text=text)

    def done() -> str:
        return "Saved. What your side said before stays in the record.\nWe told the other side."

    return answer(request, page, form, act, template="wanted", done=done)


def note(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    page = page_for(request, reference, number)
    page.reader.require_notes()
    own = page.reader.party.name
    form = NoteForm(request.POST or None, own=own, all_parties=and_list(page.parts.names.values()))

    def act(**_: Any) -> None:
        add_note(by=page.reader.acting, disagreement=page.disagreement, **form.said())

    def done() -> str:
        mine = form.said()["own"]
        return f"Your note is saved. {f'Only {own} sees it.' if mine else 'Both sides see it.'}"

    return answer(request, page, form, act, template="note", done=done)


def share(request: HttpRequest, reference: str, number: int, pk: int) -> HttpResponse:
    """Shows the note once more; the button shows it to the other side, for good."""
    page = page_for(request, reference, number)
    own_note = step_of(request, page.disagreement, pk, Step.Kind.NOTE)
    page.reader.require_notes()
    form = Form(request.POST if request.method == "POST" else None)

    def act() -> None:
        share_note(by=page.reader.acting, note=own_note)

    def done() -> str:
        return "The note is shared. Both sides see it now."

    return answer(request, page, form, act, template="share", done=done, note=own_note)


def advice_answer(request: HttpRequest, reference: str, number: int, pk: int) -> HttpResponse:
    """Records what somebody answered who was asked for advice."""
    page = page_for(request, reference, number)
    asked = step_of(request, page.disagreement, pk, Step.Kind.ADVICE_ASKED)
    page.reader.require_notes()
    form = AnswerForm(request.POST or None)

    def act(**said: Any) -> None:
        record_advice(by=page.reader.acting, asked=asked, **said)

    def done() -> str:
        return f"The answer of {asked.adviser} is recorded.\nWe told the other side."

    return answer(request, page, form, act, template="answer", done=done, asked=asked)


def people(request: HttpRequest, reference: str, number: int, level: str) -> HttpResponse:
    """The MoU manager says who acts for their side at a level."""
    page = page_for(request, reference, number)
    try:
        at = level_of(page.disagreement.terms, level)
    except LookupError:
        raise Http404 from None
    acting, party = page.reader.acting, page.reader.party
    form = PersonForm(request.POST or None, people=people_for(party.organisation, acting))
    named: list[Person] = []

    def act(**_: Any) -> None:
        chosen = Person.objects.visible_to(acting).filter(pk=form.person_id or 0).first()
        who = form.newcomer or chosen
        if who is None:
            raise Refused("Choose who acts for you.", field="person")
        disagreement = page.disagreement
        named.append(name_person(by=acting, disagreement=disagreement, level=level, person=who))

    def done() -> str:
        return f"{named[0].name} acts for {party.name} at the level “{at.label}”.\nWe told them."

    on = page.reader.on(at)
    return answer(request, page, form, act, template="people", done=done, level=at, on=on)
