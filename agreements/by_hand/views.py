"""Saying what was reviewed by hand, and taking it back."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from agreements.by_hand.forms import ByHandForm
from agreements.by_hand.services import is_own, say_by_hand, take_back, to_look_at
from agreements.core.parties import side_of
from agreements.core.reached import agreement_of, steps, subpage_url
from agreements.models import Agreement, ByHand
from nhsuk.words import plural
from parties.acting import acting_of
from web.carrying_out import ReasonForm, save_form
from web.way import About

UNTIL = "It stands until the next review, or until the words of the clause change."


def say(request: HttpRequest, reference: str) -> HttpResponse:
    agreement, acting = agreement_of(request, reference), acting_of(request)
    side_of(agreement, acting)
    choices = to_look_at(agreement) if agreement.takes_acts else []
    if not choices:
        messages.error(request, "No clause of this MoU is to be reviewed by hand now.")
        return redirect(_section(agreement))
    wanted = request.GET.get("clause")
    form = ByHandForm(
        request.POST or None,
        clauses={each.key: each.name for each in choices},
        initial={"clauses": [each.key for each in choices if each.key == wanted]},
    )
    return save_form(
        request, form, partial(say_by_hand, by=acting, agreement=agreement),
        done=lambda rows: f"{plural(len(rows), 'clause')} reviewed by hand. {UNTIL}",
        title="What did you review by hand?", button="Record what you found",
        lead="The portal cannot watch these clauses. Say that you looked at them, and what you "
        f"found, for your own organisation. {UNTIL}",
        **_about(agreement),
    )  # fmt: skip


def back(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The party that said it takes it back."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    rows = ByHand.objects.visible_to(acting).filter(agreement=agreement)
    look = get_object_or_404(rows, pk=pk)
    if not is_own(acting, agreement, look):
        raise Http404
    look.agreement = agreement
    return save_form(
        request, ReasonForm(request.POST or None, label="What was wrong"),
        partial(take_back, by=acting, look=look), done=lambda _: "It is taken back.",
        title="Take back what was reviewed by hand", button="Take it back",
        lead="What it said stays readable, with your reason.", **_about(agreement),
    )  # fmt: skip


def _section(agreement: Agreement) -> str:
    return subpage_url(agreement.reference, "kept") + "#by_hand"


def _about(agreement: Agreement) -> About:
    return About(caption=agreement.full_title, way=steps(agreement), to=_section(agreement))
