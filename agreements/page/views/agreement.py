from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agreements.core.parties import side_of
from agreements.core.reached import agreement_of, steps
from agreements.core.told import told_others
from agreements.drafting.forms.stopping import StopForm
from agreements.page.overview import AgreementPage
from agreements.versions.services.stopping import stop_preparing
from parties.acting import acting_of
from web.carrying_out import carried_out


def agreement_page(request: HttpRequest, reference: str) -> HttpResponse:
    """What the agreement is, whether it needs somebody, and what is next."""
    agreement = agreement_of(request, reference)
    page = AgreementPage(agreement, acting_of(request), whole_story="all" in request.GET)
    return render(request, "agreements/agreement.jinja", {"page": page, "agreement": agreement})


def stop(request: HttpRequest, reference: str) -> HttpResponse:
    """Ends work on an agreement that nobody will sign, after saying what that means."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    side_of(agreement, acting)
    form = StopForm(request.POST or None)

    def end(because: str) -> None:
        stop_preparing(by=acting, agreement=agreement, because=because)

    if carried_out(request, form, end):
        messages.success(
            request,
            f"Work on {agreement.reference} is stopped.\n{told_others(agreement, acting)}\n"
            "Its texts and its history stay here.",
        )
        return redirect("agreements:agreement", reference)
    context = {"form": form, "agreement": agreement, "way": steps(agreement)}
    return render(request, "agreements/stop.jinja", context)
