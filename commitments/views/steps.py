"""What can be done with an action, one page each."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from agreements.core.confirming import ConfirmationForm
from agreements.core.telling import told_others
from commitments.forms import ProgressForm
from commitments.models import Action
from commitments.rules import (
    require_owner_side,
    require_party_that_entered,
    require_recorder,
    require_work_on,
)
from commitments.services.changing import (
    answer_action,
    close_action,
    enter_in_error,
    note_progress,
    reopen_action,
)
from commitments.views.actions import about, action_of
from parties.acting import acting_of
from web.carrying_out import ReasonForm, posted, save_form

State = Action.State


def progress(request: HttpRequest, key: UUID) -> HttpResponse:
    """How it goes, and whether that closes it."""
    action, acting = action_of(request, key), acting_of(request)
    require_work_on(acting, action)

    def record(text: str, state: str) -> str:
        if state == State.OPEN:
            note_progress(by=acting, action=action, text=text)
            return "Your note is on the record."
        close_action(by=acting, action=action, as_what=state, because=text)
        how = State(state).label.lower()
        return f"Action {action.number} is {how}.\n{told_others(action.agreement, acting)}"

    return save_form(
        request,
        posted(request, ProgressForm, initial={"state": State.OPEN.value}),
        record,
        done=str,
        title="Record progress",
        **about(action),
    )


def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """The owner confirms what another party recorded for it, or says what is not right."""
    action, acting = action_of(request, key), acting_of(request)
    require_owner_side(acting, action)
    form = posted(request, ConfirmationForm, what="this action")

    def say(because: str, **_: object) -> None:
        answer_action(by=acting, action=action, agrees=form.agrees, because=because)

    return save_form(
        request,
        form,
        say,
        done=lambda _: f"{form.done}\n{told_others(action.agreement, acting)}",
        title="Say whether this action is right",
        button="Send your answer",
        **about(action),
    )


def reopen(request: HttpRequest, key: UUID) -> HttpResponse:
    """It is not done after all."""
    action, acting = action_of(request, key), acting_of(request)
    require_recorder(acting, action.agreement)
    done = f"Action {action.number} is open again."
    return save_form(
        request,
        posted(request, ReasonForm, label="Why it is open again"),
        partial(reopen_action, by=acting, action=action),
        done=lambda _: f"{done}\n{told_others(action.agreement, acting)}",
        title="Open this action again",
        **about(action),
    )


def error(request: HttpRequest, key: UUID) -> HttpResponse:
    """It never should have been there."""
    action, acting = action_of(request, key), acting_of(request)
    require_party_that_entered(acting, action)
    done = f"Action {action.number} is marked as entered in error."
    return save_form(
        request,
        posted(request, ReasonForm, label="What was wrong"),
        partial(enter_in_error, by=acting, action=action),
        done=lambda _: f"{done}\n{told_others(action.agreement, acting)}",
        title="Entered in error",
        lead="It leaves every count, and nobody is reminded of it. It stays readable with your "
        "reason, and the other parties are told. This cannot be undone.",
        button="Mark as entered in error",
        warning=True,
        **about(action),
    )
