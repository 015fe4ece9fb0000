"""The actions of a concern: added, planned, done or dropped."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from escalations.concerns.forms.working import (
    CloseActionForm,
    NewActionForm,
    PlanActionForm,
)
from escalations.concerns.presenters.page import ConcernPage
from escalations.concerns.rules import Reader
from escalations.concerns.services.actions import add_action, close_action, plan_action
from escalations.concerns.views.reached import about, of_reader
from escalations.models import ConcernAction
from web.carrying_out import posted, save_form


@of_reader(Reader.require_writer, while_open=True)
def new(request: HttpRequest, page: ConcernPage) -> HttpResponse:
    """Adds what was agreed about it (A23)."""
    return save_form(
        request,
        posted(request, NewActionForm, concern=page.concern, people=page.people_who_read),
        partial(add_action, by=page.acting, concern=page.concern),
        done=lambda made: f"Action {made.number} is added.",
        title="Add an action",
        lead="Only those who read the concern read its actions.",
        button="Add the action",
        **about(page),
    )


@of_reader(Reader.require_writer, while_open=True)
def plan(request: HttpRequest, page: ConcernPage, number: int) -> HttpResponse:
    action = _open_one(page, number)
    initial = {
        "due_on": action.due_on,
        "sees_to_it": action.sees_to_it.person if action.sees_to_it else None,
    }
    return save_form(
        request,
        posted(request, PlanActionForm, people=page.people_who_read, initial=initial),
        partial(plan_action, by=page.acting, action=action),
        done=lambda _: f"Action {action.number} is planned.",
        title=f"Plan action {action.number}",
        lead=action.what,
        **about(page),
    )


@of_reader(Reader.require_writer)
def close(request: HttpRequest, page: ConcernPage, number: int) -> HttpResponse:
    """Done, with how that is known; or dropped, with why."""
    action = _open_one(page, number)
    return save_form(
        request,
        posted(request, CloseActionForm, concern=page.concern),
        partial(close_action, by=page.acting, action=action),
        done=lambda _: f"What became of action {action.number} is recorded.",
        title=f"Say what became of action {action.number}",
        lead=action.what,
        **about(page),
    )


def _open_one(page: ConcernPage, number: int) -> ConcernAction:
    rows = ConcernAction.objects.visible_to(page.acting).filter(concern=page.concern)
    action = get_object_or_404(
        rows.select_related("concern__agreement", "sees_to_it__person"), number=number
    )
    if not action.is_open:
        raise Http404
    return action
