"""Planning an announcement, and changing what it is."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agreements.models import Agreement
from communications.forms.planning import AboutForm, Choices, PlanForm
from communications.models import Announcement
from communications.presenters.todos import url_of
from communications.presenters.words import kind_of
from communications.queries.choices import agreements_to_announce, with_other_parties
from communications.services.planning import edit, plan
from communications.views.reached import for_keepers, form_page, way
from parties.acting import acting_of
from web.carrying_out import carried_out


def plan_one(request: HttpRequest) -> HttpResponse:
    """One form puts an announcement into the forward plan."""
    acting = acting_of(request)
    choices = with_other_parties(agreements_to_announce(acting), acting)
    made: list[Announcement] = []
    form = PlanForm(request.POST or None, agreements=choices, initial=_suggested(request, choices))

    def act(kind: str, title: str, agreements: list[int], at: datetime) -> None:
        chosen = _agreements(agreements)
        made.append(plan(by=acting, kind=kind, title=title, agreements=chosen, planned_for=at))

    if carried_out(request, form, act):
        messages.success(
            request,
            f"The {kind_of(made[0])} is in your forward plan.\nOnly your organisation sees it. "
            "Next: add a draft, then share it with named people of the other party.",
        )
        return redirect(url_of(made[0]))
    context = {"form": form, "has_choice": bool(choices), "way": way()}
    return render(request, "communications/plan.jinja", context)


def _suggested(request: HttpRequest, choices: Choices) -> dict[str, object]:
    """The agreement from whose page one comes, or the only one there is."""
    wanted = request.GET.get("agreement", "")
    found = [pk for pk, text in choices if f"({wanted})" in text] if wanted else []
    return {"agreements": found or ([choices[0][0]] if len(choices) == 1 else [])}


def _agreements(ids: list[int]) -> list[Agreement]:
    return list(Agreement.objects.filter(pk__in=ids))


@for_keepers
def edit_one(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """What it is, what it is called, and which agreements it touches."""
    acting = acting_of(request)
    touched = list(announcement.concerned.values_list("agreement", flat=True))
    choices = with_other_parties(agreements_to_announce(acting, besides=touched), acting)
    form = AboutForm(
        request.POST or None,
        agreements=choices,
        initial={
            "kind": announcement.kind,
            "title": announcement.title,
            "agreements": [str(pk) for pk in touched],
        },
    )

    def act(kind: str, title: str, agreements: list[int]) -> None:
        chosen = _agreements(agreements)
        edit(by=acting, announcement=announcement, kind=kind, title=title, agreements=chosen)

    if carried_out(request, form, act):
        messages.success(request, "Saved.\nThe lead times and reminders follow from it.")
        return redirect(url_of(announcement))
    title, lead = f"Edit the {kind_of(announcement)}", "To change when it is released, use Move."
    return form_page(request, announcement, form, title=title, lead=lead, button="Save")
