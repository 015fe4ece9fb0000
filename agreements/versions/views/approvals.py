"""What each party decided about a version, and a delegate's confirmation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agreements.core.parties import side_of
from agreements.core.people import people_of
from agreements.core.reached import page_of, steps, version_of
from agreements.drafting.pages.compare import VersionComparison
from agreements.models import APPROVES
from agreements.versions.forms import DecisionForm
from agreements.versions.pages import VersionPage
from agreements.versions.services.approving import confirm_changes, open_delegation, record_approval
from house.refusals import NotYours
from parties.acting import acting_of
from web.carrying_out import carried_out
from web.forms import NoForm

CONFIRMED = (
    "You confirmed the changes. The approval now holds for version {label}.\n"
    "We told the other party. Next: your MoU manager asks for the signature."
)


def decision(request: HttpRequest, reference: str, seq: int) -> HttpResponse:
    """Records what one's own party decided, by its route."""
    version, by = version_of(request, reference, seq), acting_of(request)
    party = side_of(version.agreement, by)
    route = version.typed_terms.route_of(party.slot)
    form = DecisionForm(request.POST or None, route=route, people=people_of(party.organisation))

    def act(**said: Any) -> None:
        record_approval(by=by, version=version, **said)

    if carried_out(request, form, act):
        messages.success(request, _done(form.cleaned_data["decision"], route.name))
        return redirect(page_of(version))
    context = {
        "form": form,
        "page": VersionPage(version, by),
        "route": route,
        "way": steps(version.agreement, version),
    }
    return render(request, "agreements/decision.jinja", context)


def confirm(request: HttpRequest, reference: str, seq: int) -> HttpResponse:
    """The delegate reads what changed since the approval, and confirms it."""
    version, by = version_of(request, reference, seq), acting_of(request)
    delegation = open_delegation(version, side_of(version.agreement, by))
    if delegation is None:
        messages.info(request, "There are no changes to confirm for this version now.")
        return redirect(page_of(version))
    if getattr(by.user, "person_id", None) != delegation.delegated_to_id:
        raise NotYours(f"Only {delegation.delegated_to} may confirm these changes.")
    form = NoForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        confirm_changes(by=by, version=version, rests_on=delegation)

    if carried_out(request, form, act):
        messages.success(request, CONFIRMED.format(label=version.label))
        return redirect(page_of(version))
    context = {
        "form": form,
        "version": version,
        "delegation": delegation,
        "comparison": VersionComparison(delegation.version, version),
        "way": steps(version.agreement, version),
    }
    return render(request, "agreements/confirm_changes.jinja", context)


def _done(decision: str, decider: str) -> str:
    told = "We told the other party."
    if decision in APPROVES:
        return f"The approval by the {decider} is recorded.\n{told} Next: ask for the signature."
    return (
        f"The decision of the {decider} is recorded. It does not approve the text for signing.\n"
        f"{told} If the text has to change, recall the version."
    )
