from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from agreements.core.parties import sides_of
from agreements.models import Agreement
from meetings.forms.series import OURS, CadenceForm, SeriesForm
from meetings.models import Series
from meetings.presenters.lists import series_page
from meetings.presenters.series import SeriesPage
from meetings.presenters.words import cadence_in_sentence
from meetings.queries.choices import agreements_for, bodies_for
from meetings.rules.who import require_may_set_cadence, require_recorder
from meetings.services.series import end_series, make_series, set_cadence
from meetings.views.reached import series_of, told_others, way, way_to_series
from parties.acting import Acting, acting_of
from parties.models import Body
from web.carrying_out import carried_out
from web.forms import NoForm


def series(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was held, what is owed, what is next."""
    found = series_of(request, key)
    page = SeriesPage(found, acting_of(request), everything="all" in request.GET)
    return render(request, "meetings/series.jinja", {"page": page, "series": found, "way": way()})


def new_series(request: HttpRequest) -> HttpResponse:
    """A series that the reader's organisation and others agree to have."""
    acting = acting_of(request)
    agreements, bodies = agreements_for(acting), bodies_for(acting)
    chosen = request.GET.get("agreement", "")
    form = SeriesForm(request.POST or None, agreements=agreements, bodies=bodies, chosen=chosen)
    made: list[Series] = []

    def make(**said: Any) -> None:
        made.append(make_series(by=acting, **_said(said, acting)))

    if carried_out(request, form, make):
        done = f"{made[0].name} is a series now.\n{told_others(made[0], acting)}"
        messages.success(request, f"{done}\nNext: schedule its first meeting.")
        return redirect(series_page(made[0]))
    context = {"title": "Add a series of meetings", "form": form, "button": "Add the series"}
    return render(
        request, "form.jinja", context | {"cancel": reverse("meetings:list"), "way": way()}
    )


def cadence(request: HttpRequest, key: UUID) -> HttpResponse:
    """How often it meets from now on."""
    found, acting = series_of(request, key), acting_of(request)
    require_may_set_cadence(acting, found)
    form = CadenceForm.of(found, request.POST or None)

    def change(**said: Any) -> None:
        set_cadence(by=acting, series=found, **said)

    if carried_out(request, form, change):
        found.refresh_from_db(fields=["cadence", "per_year"])
        said = f"These meetings are {cadence_in_sentence(found)} from now on."
        messages.success(request, f"{said}\n{told_others(found, acting)}")
        return redirect(series_page(found))
    lead = "Meetings held so far stay as they are. We tell the other parties."
    context = {"title": "How often it meets", "caption": found.name, "lead": lead, "form": form}
    where = {"cancel": series_page(found), "way": way_to_series(found)}
    return render(request, "form.jinja", context | where)


def end(request: HttpRequest, key: UUID) -> HttpResponse:
    """No more meetings are called in it."""
    found, acting = series_of(request, key), acting_of(request)
    require_recorder(acting, found)
    form = NoForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        end_series(by=acting, series=found)

    if carried_out(request, form, act):
        messages.success(request, f"{found.name} has ended.\n{told_others(found, acting)}")
        return redirect(series_page(found))
    lead = (
        "Nobody can call a meeting in it any more, and none is owed. Its notes and actions stay. "
        "We tell the other parties."
    )
    context = {"title": f"End {found.name}", "lead": lead, "form": form, "warning": True}
    where = {"cancel": series_page(found), "way": way_to_series(found), "button": "End the series"}
    return render(request, "form.jinja", context | where)


def _said(said: dict[str, Any], acting: Acting) -> dict[str, Any]:
    """What the form holds, as the service takes it."""
    chosen = Agreement.objects.visible_to(acting).filter(reference__in=said.pop("agreements"))
    agreements = list(chosen.order_by("reference"))
    ours = said.pop("convener") == OURS and agreements
    convener = next(iter(sides_of(agreements[0], acting)), None) if ours else None
    body = Body.objects.filter(pk=said.pop("body", "") or 0).first()
    return said | {"agreements": agreements, "convener": convener, "body": body}
