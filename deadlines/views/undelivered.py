"""What did not arrive, for the MoU managers and administrators of the organisation it was for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from deadlines.undelivered import MOST, in_words, undelivered
from house.refusals import Refused
from mail.services import leave, send_again
from parties.acting import Acting


def listed(request: HttpRequest) -> HttpResponse:
    """Each e-mail that did not arrive, why, and what to do about it."""
    acting: Acting = request.acting  # type: ignore[attr-defined]
    found = undelivered(acting)
    newest = list(found[:MOST])
    count = len(newest) if len(newest) < MOST else found.count()
    context = {"acting": acting, "mails": in_words(newest, acting), "count": count}
    return render(request, "deadlines/undelivered.jinja", context)


def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends one again, to the person's address of today."""
    acting: Acting = request.acting  # type: ignore[attr-defined]
    delivery = get_object_or_404(undelivered(acting), pk=pk)
    (mail,) = in_words([delivery], acting)
    try:
        send_again(
            actor=acting.who,
            organisation_id=acting.organisation_id,
            delivery=delivery,
            address=mail.new_address,
        )
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(
            request,
            f"The e-mail is on its way again, to {delivery.address}.\n"
            "If it does not arrive this time either, it comes back to this list.",
        )
    return redirect("deadlines:undelivered")


def left(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes one off the list: it is not needed any more."""
    acting: Acting = request.acting  # type: ignore[attr-defined]
    delivery = get_object_or_404(undelivered(acting), pk=pk)
    try:
        leave(actor=acting.who, organisation_id=acting.organisation_id, delivery=delivery)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"The e-mail to {delivery.address} will not be sent.")
    return redirect("deadlines:undelivered")
