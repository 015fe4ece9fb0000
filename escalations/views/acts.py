"""What those at the level do: propose, accept, take it up, ask for advice."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from escalations.forms.steps import AdviceForm, ConfirmForm, ProposeForm, TakeUpForm
from escalations.models import Step
from escalations.presenters.page import DisagreementPage
from escalations.presenters.words import heading
from escalations.rules.levels import level_of
from escalations.services.advising import ask_advice
from escalations.services.moving import take_up
from escalations.services.settling import accept, propose
from escalations.views.reached import answer, moved_on, page_for, step_of


def propose_it(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    page = page_for(request, reference, number)
    if away := moved_on(request, page):
        return away
    page.reader.require_actor()
    form = ProposeForm(request.POST or None, initial={"at_level": page.disagreement.level})

    def act(**said: Any) -> None:
        propose(by=page.reader.acting, disagreement=page.disagreement, **said)

    def done() -> str:
        return (
            "Your proposal is made, and your side accepts it.\n"
            "We told the other side. Next: it answers."
        )

    return answer(request, page, form, act, template="propose", done=done)


def accept_it(request: HttpRequest, reference: str, number: int, pk: int) -> HttpResponse:
    """Shows the proposal and what accepting it means; the button accepts."""
    page = page_for(request, reference, number)
    proposal = step_of(request, page.disagreement, pk, Step.Kind.PROPOSAL)
    if away := moved_on(request, page):
        return away
    page.reader.require_actor()
    form = ConfirmForm(request.POST or None, initial={"at_level": page.disagreement.level})

    def act(**_: Any) -> None:
        accept(by=page.reader.acting, proposal=proposal)

    return answer(
        request, page, form, act, template="accept", done=lambda: _accepted(page),
        proposal=proposal,
    )  # fmt: skip


def take_it_up(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    page = page_for(request, reference, number)
    if away := moved_on(request, page):
        return away
    targets = page.reader.targets()
    if not targets:
        page.reader.require_actor()
    form = TakeUpForm(request.POST or None, disagreement=page.disagreement, targets=targets)

    def act(**said: Any) -> None:
        take_up(by=page.reader.acting, disagreement=page.disagreement, **said)

    def done() -> str:
        label = level_of(page.disagreement.terms, form.cleaned_data["target"]).label
        name = heading(page.disagreement.name)
        return (
            f"{name} is at the level “{label}” now.\n"
            "We told those who act there, the MoU managers and whoever opened it."
        )

    return answer(request, page, form, act, template="take_up", done=done, targets=targets)


def ask_for_advice(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    page = page_for(request, reference, number)
    if away := moved_on(request, page):
        return away
    page.reader.require_actor()
    form = AdviceForm(request.POST or None, initial={"at_level": page.disagreement.level})

    def act(**said: Any) -> None:
        ask_advice(by=page.reader.acting, disagreement=page.disagreement, **said)

    def done() -> str:
        adviser = form.cleaned_data["adviser"]
        return (
            f"That {adviser} was asked is recorded.\n"
            "We told the other side. Next: record what they answer."
        )

    return answer(request, page, form, act, template="advice", done=done)


def _accepted(page: DisagreementPage) -> str:
    page.disagreement.refresh_from_db()
    if page.disagreement.is_open:
        return "Your side accepted the proposal.\nIt is settled once all sides accept."
    name = heading(page.disagreement.name)
    return f"{name} is settled: both sides accepted the proposal.\nWe told everybody concerned."
