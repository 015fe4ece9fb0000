from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from agreements.core.parties import parties_of
from agreements.core.reached import agreement_of
from agreements.core.reached import steps as steps_of_agreement
from agreements.core.told import told_others
from agreements.models import Agreement
from commitments.choices import owner_from, owners_of
from commitments.forms import ChangeForm, NewActionForm
from commitments.models import Action
from commitments.presenters.action import ActionPage
from commitments.rules import require_recorder
from commitments.services.changing import ChangedMeanwhile, change_action
from commitments.services.recording import record_action
from commitments.views.reached import action_of, page_of, steps
from house.refusals import Refused
from parties.acting import acting_of
from web.carrying_out import carried_out, show_refusal


def action_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """What has to be done, by whom, and how it goes."""
    page = ActionPage(action_of(request, key), acting_of(request))
    return render(request, "commitments/action.jinja", {"page": page, "way": steps()})


def new_action(request: HttpRequest, reference: str) -> HttpResponse:
    """Records an action that no meeting agreed."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    require_recorder(acting, agreement)
    form = NewActionForm(request.POST or None, owners=owners_of(agreement, acting))
    made: list[Action] = []

    def record(**said: Any) -> None:
        made.append(record_action(by=acting, agreement=agreement, **_with_owner(said, agreement)))

    if carried_out(request, form, record):
        told = told_others(agreement, acting)
        return _done(request, made[0], f"Action {made[0].number} is recorded.\n{told}")
    context = {
        "title": "Record an action",
        "caption": f"{agreement.title}, {reference}",
        "form": form,
        "button": "Record the action",
        "cancel": reverse("agreements:agreement", args=[reference]),
        "way": steps_of_agreement(agreement),
    }
    return render(request, "form.jinja", context)


def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Changes what has to be done, by whom, or by when; the other parties are told."""
    action, acting = action_of(request, key), acting_of(request)
    require_recorder(acting, action.agreement)
    owners = owners_of(action.agreement, acting)
    form = ChangeForm.of(action, request.POST or None, owners)
    if request.method == "POST" and form.is_valid():
        try:
            said = _with_owner(form.cleaned_data, action.agreement)
            if not change_action(by=acting, action=action, **said):
                return _done(request, action, "Nothing was changed.")
        except ChangedMeanwhile as meanwhile:
            show_refusal(form, meanwhile)
            form = form.over(meanwhile.now, owners)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            told = told_others(action.agreement, acting)
            return _done(request, action, f"Action {action.number} is changed.\n{told}")
    context = {
        "title": f"Change action {action.number}",
        "caption": action.what,
        "form": form,
        "cancel": page_of(action),
        "way": steps(action),
    }
    return render(request, "form.jinja", context)


def _with_owner(said: dict[str, Any], agreement: Agreement) -> dict[str, Any]:
    """What the form holds, as the services take it."""
    owner, person = owner_from(said["owner"], parties_of(agreement))
    return said | {"owner": owner, "person": person}


def _done(request: HttpRequest, action: Action, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(page_of(action))
