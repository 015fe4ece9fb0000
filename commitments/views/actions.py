"""The list of actions, the page of one, and how one is recorded and changed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from agreements.core.parties import parties_of
from agreements.core.reached import agreement_of, not_disposed
from agreements.core.reached import steps as way_to_agreement
from agreements.core.telling import told_others
from agreements.models import Agreement
from commitments import queries
from commitments.forms import ActionFilter, ChangeActionForm, NewActionForm, owners_of
from commitments.models import Action
from commitments.presenters import words
from commitments.presenters.action import ActionPage
from commitments.presenters.words import page_of
from commitments.rules import require_recorder
from commitments.services.changing import change_action
from commitments.services.recording import record_action
from parties.acting import acting_of
from web.carrying_out import posted, save_form
from web.paging import LongList
from web.way import About, Steps

PER_PAGE = 25


def action_list(request: HttpRequest) -> HttpResponse:
    """What has to be done, under all agreements that the reader may see."""
    acting = acting_of(request)
    form = ActionFilter(request.GET or None)
    seen = queries.actions_seen_by(acting)
    found = seen.filter(queries.matching(acting, form.wanted)).soonest_first()
    pages = LongList(found, PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "narrowed": any(form.wanted.values()),
        "counted": pages.counted(form.noun),
        "actions": page.object_list,
        "sources": queries.sources_of(page.object_list, acting),
        "words": words,
        "pages": page,
    }
    return render(request, "commitments/list.jinja", context)


def action_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """What has to be done, by whom, and how it goes."""
    page = ActionPage(action_of(request, key), acting_of(request))
    context = {"page": page, "words": words, "way": way()}
    return render(request, "commitments/action.jinja", context)


def new_action(request: HttpRequest, reference: str) -> HttpResponse:
    """Records an action that no meeting agreed."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    require_recorder(acting, agreement)

    def record(**said: Any) -> Action:
        return record_action(by=acting, agreement=agreement, **_with_owner(said, agreement))

    return save_form(
        request,
        posted(request, NewActionForm, owners=owners_of([agreement], acting)),
        record,
        done=lambda made: f"Action {made.number} is recorded.\n{told_others(agreement, acting)}",
        to=reverse("agreements:agreement", args=[reference]),
        leads_to=page_of,
        title="Record an action",
        caption=agreement.full_title,
        button="Record the action",
        way=way_to_agreement(agreement),
    )


def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Changes what has to be done, by whom, or by when; the other parties are told."""
    action, acting = action_of(request, key), acting_of(request)
    require_recorder(acting, action.agreement)

    def act(**said: Any) -> str:
        if not change_action(by=acting, action=action, **_with_owner(said, action.agreement)):
            return "Nothing was changed."
        return f"Action {action.number} is changed.\n{told_others(action.agreement, acting)}"

    return save_form(
        request,
        ChangeActionForm.of(action, request.POST or None, owners_of([action.agreement], acting)),
        act,
        done=str,
        title=f"Change action {action.number}",
        **about(action) | {"caption": action.what},
    )


def action_of(request: HttpRequest, key: UUID) -> Action:
    """The action with this key. Raises Http404 for one that is not theirs to see."""
    seen = queries.actions_seen_by(acting_of(request))
    found = get_object_or_404(seen.select_related("closed_by__person"), key=key)
    not_disposed(found.agreement)
    return found


def way() -> Steps:
    return [("Home", reverse("home")), ("Actions", reverse("commitments:list"))]


def about(action: Action) -> About:
    page = page_of(action)
    return {
        "caption": f"Action {action.number}: {action.what}",
        "way": [*way(), (f"Action {action.number}", page)],
        "to": page,
    }


def _with_owner(said: dict[str, Any], agreement: Agreement) -> dict[str, Any]:
    """What the form holds, as the services take it."""
    owner, person = queries.owner_from(said["owner"], parties_of(agreement))
    return said | {"owner": owner, "person": person}
