"""What can be done with an action, one page each."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agreements.core.confirming import ConfirmationForm
from agreements.core.told import told_others
from commitments.forms import ProgressForm
from commitments.models import Action
from commitments.rules import (
    require_owner_side,
    require_party_that_entered,
    require_recorder,
    require_work_on,
)
from commitments.services.changing import answer_action
from commitments.services.closing import (
    close_action,
    enter_in_error,
    note_progress,
    reopen_action,
)
from commitments.views.reached import action_of, page_of, steps
from nhsuk.forms import Form
from parties.acting import acting_of
from web.carrying_out import carried_out
from web.forms import ReasonForm

STATES = {
    Action.State.OPEN: "Your note is on the record.",
    Action.State.DONE: "Action {number} is done.",
    Action.State.DROPPED: "Action {number} is dropped.",
}


def progress(request: HttpRequest, key: UUID) -> HttpResponse:
    """How it goes, and whether that closes it."""
    action, acting = action_of(request, key), acting_of(request)
    require_work_on(acting, action)
    form = ProgressForm(request.POST or None, initial={"state": Action.State.OPEN.value})

    def record(text: str, state: str) -> None:
        if state == Action.State.OPEN:
            note_progress(by=acting, action=action, text=text)
        else:
            close_action(by=acting, action=action, as_what=state, because=text)

    def done() -> str:
        state = form.cleaned_data["state"]
        told = "" if state == Action.State.OPEN else f"\n{told_others(action.agreement, acting)}"
        return STATES[state].format(number=action.number) + told

    return _step(request, action, form, record, done=done, title="Record progress")


def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """The owner confirms what another party recorded for it, or says what is not right."""
    action, acting = action_of(request, key), acting_of(request)
    require_owner_side(acting, action)
    form = ConfirmationForm(request.POST or None, what="this action")

    def say(because: str, **_: object) -> None:
        answer_action(by=acting, action=action, agrees=form.agrees, because=because)

    def done() -> str:
        return f"{form.done}\n{told_others(action.agreement, acting)}"

    title = "Say whether this action is right"
    return _step(request, action, form, say, done=done, title=title, button="Send your answer")


def reopen(request: HttpRequest, key: UUID) -> HttpResponse:
    """It is not done after all."""
    action, acting = action_of(request, key), acting_of(request)
    require_recorder(acting, action.agreement)
    form = ReasonForm(request.POST or None, label="Why it is open again")

    def act(because: str) -> None:
        reopen_action(by=acting, action=action, because=because)

    def done() -> str:
        return f"Action {action.number} is open again.\n{told_others(action.agreement, acting)}"

    return _step(request, action, form, act, done=done, title="Open this action again")


def error(request: HttpRequest, key: UUID) -> HttpResponse:
    """It never should have been there."""
    action, acting = action_of(request, key), acting_of(request)
    require_party_that_entered(acting, action)
    form = ReasonForm(request.POST or None, label="What was wrong")

    def act(because: str) -> None:
        enter_in_error(by=acting, action=action, because=because)

    def done() -> str:
        said = f"Action {action.number} is marked as entered in error."
        return f"{said}\n{told_others(action.agreement, acting)}"

    return _step(
        request, action, form, act, done=done, title="Entered in error", warning=True,
        lead="It leaves every count, and nobody is reminded of it. It stays readable with your "
        "reason, and the other parties are told. This cannot be undone.",
        button="Mark as entered in error",
    )  # fmt: skip


def _step(
    request: HttpRequest,
    action: Action,
    form: Form,
    act: Callable[..., None],
    *,
    done: Callable[[], str],
    **context: object,
) -> HttpResponse:
    if carried_out(request, form, act):
        messages.success(request, done())
        return redirect(page_of(action))
    shown = {"form": form, "caption": f"Action {action.number}: {action.what}"}
    way = {"way": steps(action), "cancel": page_of(action)}
    return render(request, "form.jinja", shown | way | context)
