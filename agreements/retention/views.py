"""Placing a hold, taking it off, keeping an MoU longer."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from agreements.core.parties import side_of
from agreements.core.reached import agreement_of, steps, subpage_url
from agreements.core.telling import told_others
from agreements.models import Agreement, Hold
from agreements.retention.forms import HoldForm, KeepLongerForm
from agreements.retention.services import keeping
from parties.acting import acting_of
from web.carrying_out import ReasonForm, save_form

KEY = "changes"


def place(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = _own(request, reference)
    return _save(
        request, agreement, HoldForm(request.POST or None), keeping.place_hold,
        done="The hold stands.", title="Place a hold", button="Place the hold",
        lead="While it stands nothing of this MoU is disposed of. You alone take it off.",
    )  # fmt: skip


def lift(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    agreement = agreement_of(request, reference)
    rows = Hold.objects.visible_to(acting_of(request)).filter(agreement=agreement)
    hold = get_object_or_404(rows.select_related("placed_for"), pk=pk)
    if not keeping.is_hold_of(acting_of(request), agreement, hold):
        raise Http404
    hold.agreement = agreement
    form = ReasonForm(
        request.POST or None, label="Why it is taken off", hint="Your own organisation reads it."
    )
    act = partial(keeping.lift_hold, by=acting_of(request), hold=hold)
    return _answer(
        request, agreement, form, act, done="The hold is off.", title="Take the hold off",
        button="Take it off",
    )  # fmt: skip


def keep_longer(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = _own(request, reference)
    return _save(
        request, agreement, KeepLongerForm(request.POST or None), keeping.keep_longer,
        done="It is kept longer.", title="Keep it longer", button="Keep it longer",
    )  # fmt: skip


def _own(request: HttpRequest, reference: str) -> Agreement:
    agreement = agreement_of(request, reference)
    side_of(agreement, acting_of(request))
    return agreement


def _save(
    request: HttpRequest, agreement: Agreement, form: Any, service: Any, **said: str
) -> HttpResponse:
    act = partial(service, by=acting_of(request), agreement=agreement)
    return _answer(request, agreement, form, act, **said)


def _answer(
    request: HttpRequest, agreement: Agreement, form: Any, act: Any, *, done: str, **said: Any
) -> HttpResponse:
    return save_form(
        request,
        form,
        act,
        done=lambda _: f"{done}\n{told_others(agreement, acting_of(request))}",
        to=subpage_url(agreement.reference, KEY),
        caption=agreement.full_title,
        way=steps(agreement),
        **said,
    )
