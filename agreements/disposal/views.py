"""What would go of an MoU, and proposing that it goes."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from agreements.core.parties import side_of
from agreements.core.reached import agreement_of, steps
from agreements.core.telling import told_others
from agreements.disposal.forms import DisposalForm
from agreements.disposal.pages import Preview
from agreements.disposal.services.proposing import propose_disposal
from parties.acting import acting_of
from web.carrying_out import save_form


def preview(request: HttpRequest, reference: str) -> HttpResponse:
    """What would go and what would stay; what stands in the way."""
    agreement = agreement_of(request, reference)
    context = {"agreement": agreement, "preview": Preview(agreement, acting_of(request))}
    return render(request, "agreements/disposal.jinja", context | {"way": steps(agreement)})


def propose(request: HttpRequest, reference: str) -> HttpResponse:
    agreement, acting = agreement_of(request, reference), acting_of(request)
    side_of(agreement, acting)
    return save_form(
        request,
        DisposalForm(request.POST or None),
        partial(propose_disposal, by=acting, agreement=agreement),
        done=lambda _: (
            "The disposal is proposed. It holds when all others have accepted it.\n"
            f"{told_others(agreement, acting)}"
        ),
        to=reverse("agreements:disposal", args=[reference]),
        leads_to=lambda change: reverse("agreements:change", args=[reference, change.pk]),
        title="Propose to dispose of it",
        button="Propose it",
        lead="Its text and files go for good, a week after every other party has accepted it.",
        caption=agreement.full_title,
        way=steps(agreement),
    )
