"""What people do, each on a page of its own: those at the level act, others write beside it."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse

from escalations.forms import (
    AdviceAnswerForm,
    AdviceForm,
    BecauseForm,
    ConfirmForm,
    NoteForm,
    ProposeForm,
    TakeUpForm,
    WantedForm,
)
from escalations.models import Step
from escalations.presenters.page import DisagreementPage
from escalations.presenters.words import heading, level_called
from escalations.rules.who import ReaderRights
from escalations.services.noting import add_note, ask_advice, record_advice, say_wanted, share_note
from escalations.services.settling import accept, propose, take_up, withdraw
from escalations.views.reached import acts_on, answer
from house.refusals import NotYours
from nhsuk.words import and_list, capital
from web.carrying_out import NoForm, posted

Kind = Step.Kind


@acts_on(ReaderRights.require_actor, at_level=True)
def propose_it(request: HttpRequest, page: DisagreementPage) -> HttpResponse:
    return answer(
        request,
        page,
        posted(request, ProposeForm, initial={"at_level": page.disagreement.level}),
        partial(propose, by=page.acting, disagreement=page.disagreement),
        template="propose",
        done=lambda _: (
            "Your proposal is made, and your side accepts it.\n"
            f"We told {page.other_sides}. Next: {page.they_answer}."
        ),
    )


@acts_on(ReaderRights.require_actor, Kind.PROPOSAL, at_level=True)
def accept_it(request: HttpRequest, page: DisagreementPage, step: Step) -> HttpResponse:
    """Shows the proposal and what accepting it means; the button accepts."""
    form = posted(request, ConfirmForm, initial={"at_level": page.disagreement.level})

    def act(**_: str) -> None:
        accept(by=page.acting, proposal=step)

    def done(_: None) -> str:
        page.disagreement.refresh_from_db()
        if page.disagreement.is_open:
            return "Your side accepted the proposal.\nIt is settled once all sides accept."
        name = heading(page.disagreement.name)
        who = page.all_sides
        return f"{name} is settled: {who} accepted the proposal.\nWe told everybody concerned."

    return answer(request, page, form, act, template="accept", done=done, proposal=step)


@acts_on(ReaderRights.require_targets, at_level=True)
def take_it_up(request: HttpRequest, page: DisagreementPage) -> HttpResponse:
    disagreement = page.disagreement
    return answer(
        request,
        page,
        posted(request, TakeUpForm, disagreement=disagreement, targets=page.reader.targets()),
        partial(take_up, by=page.acting, disagreement=disagreement),
        template="take_up",
        done=lambda taken: (
            f"{heading(disagreement.name)} is at the level "
            f"“{level_called(disagreement, taken.target)}” now.\n"
            "We told those who act there, the MoU managers and whoever opened it."
        ),
    )


@acts_on(ReaderRights.require_actor, at_level=True)
def ask_for_advice(request: HttpRequest, page: DisagreementPage) -> HttpResponse:
    return answer(
        request,
        page,
        posted(request, AdviceForm, initial={"at_level": page.disagreement.level}),
        partial(ask_advice, by=page.acting, disagreement=page.disagreement),
        template="advice",
        done=lambda asked: (
            f"That {asked.adviser} was asked is recorded.\n"
            f"We told {page.other_sides}. Next: record what they answer."
        ),
    )


@acts_on(ReaderRights.require_notes, Kind.ADVICE_ASKED)
def advice_answer(request: HttpRequest, page: DisagreementPage, step: Step) -> HttpResponse:
    """Records what somebody answered who was asked for advice."""
    return answer(
        request,
        page,
        posted(request, AdviceAnswerForm),
        partial(record_advice, by=page.acting, asked=step),
        template="answer",
        done=lambda _: f"The answer of {step.adviser} is recorded.\nWe told {page.other_sides}.",
        asked=step,
    )


@acts_on(ReaderRights.require_actor)
def withdraw_it(request: HttpRequest, page: DisagreementPage) -> HttpResponse:
    """The side that opened it ends it without an agreement."""
    name = heading(page.disagreement.name)
    if page.reader.party.pk != page.disagreement.opened_by_id:
        raise NotYours("Only the side that opened it can withdraw it.")
    return answer(
        request,
        page,
        posted(request, BecauseForm),
        partial(withdraw, by=page.acting, disagreement=page.disagreement),
        template="withdraw",
        done=lambda _: f"{name} is withdrawn.\nWe told {page.all_sides}, with a way to why.",
    )


@acts_on(ReaderRights.require_notes)
def wanted(request: HttpRequest, page: DisagreementPage) -> HttpResponse:
    """One's own side says what it wants."""
    return answer(
        request,
        page,
        posted(request, WantedForm, initial={"text": page.parts.own_wanted}),
        partial(say_wanted, by=page.acting, disagreement=page.disagreement),
        template="wanted",
        done=lambda _: (
            f"Saved. What your side said before stays in the record.\nWe told {page.other_sides}."
        ),
    )


@acts_on(ReaderRights.require_notes)
def note(request: HttpRequest, page: DisagreementPage) -> HttpResponse:
    own, everybody = page.reader.party.name, capital(page.all_sides)

    def act(text: str, seen_by: str) -> Step:
        mine = seen_by == "own"
        return add_note(by=page.acting, disagreement=page.disagreement, text=text, own=mine)

    def done(made: Step) -> str:
        seen = f"Only {own} sees it." if made.own else f"{everybody} see it."
        return f"Your note is saved. {seen}"

    all_sides = f"{everybody}: {and_list(page.parts.names.values())}"
    form = posted(request, NoteForm, own=own, all_sides=all_sides)
    return answer(request, page, form, act, template="note", done=done)


@acts_on(ReaderRights.require_notes, Kind.NOTE)
def share(request: HttpRequest, page: DisagreementPage, step: Step) -> HttpResponse:
    """Shows the note once more; the button shows it to the other side, for good."""
    return answer(
        request,
        page,
        posted(request, NoForm),
        partial(share_note, by=page.acting, note=step),
        template="share",
        done=lambda _: f"The note is shared. {capital(page.all_sides)} see it now.",
        note=step,
    )
