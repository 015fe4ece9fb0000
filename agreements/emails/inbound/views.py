"""E-mails from senders whom the portal does not know: an MoU manager says what becomes of each."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agreements.core.reached import not_disposed
from agreements.emails import words
from agreements.emails.choosing import ToChoose
from agreements.emails.forms import HeldForm
from agreements.emails.inbound.pages import held_for
from agreements.emails.inbound.taking import accept, drop
from agreements.models import InboundEmail
from parties.acting import acting_of
from web.carrying_out import save_form
from web.way import Steps


def held(request: HttpRequest) -> HttpResponse:
    """What waits for the reader's organisation."""
    context = {"held": held_for(acting_of(request)), "words": words, "way": _way()[:-1]}
    return render(request, "emails/held.jinja", context)


def one(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One of them: on record, or not taken. What somebody decided leads back to the others."""
    by = acting_of(request)
    rows = InboundEmail.objects.visible_to(by).select_related("agreement", "organisation", "file")
    inbound = get_object_or_404(rows, public_id=public_id)
    not_disposed(inbound.agreement)
    if inbound.state != InboundEmail.State.HELD and request.method != "POST":
        return redirect("emails:held")
    to_choose = ToChoose(inbound.agreement, by)
    form = HeldForm(request.POST or None, to_choose=to_choose)

    def act(where: str = "", **_: object) -> str:
        if not form.is_taken:
            drop(by=by, inbound=inbound)
            return "The e-mail is not taken."
        things, thing = to_choose.chosen(where)
        accept(by=by, inbound=inbound, things=things, thing=thing)
        return "The e-mail is on record.\nThe other parties whose matter it is are told."

    return save_form(
        request, form, act, done=str, to=reverse("emails:held"), template="emails/held_one.jinja",
        title=words.title_of(inbound), caption=inbound.agreement.full_title, inbound=inbound,
        words=words, button="Save", way=_way(),
    )  # fmt: skip


def _way() -> Steps:
    return [("Home", reverse("home")), ("E-mails that wait", reverse("emails:held"))]
