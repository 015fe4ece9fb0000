"""The agenda of a scheduled meeting, item by item."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from meetings.forms.scheduling import ItemForm
from meetings.models import Meeting
from meetings.presenters.lists import meeting_page
from meetings.presenters.words import title_of
from meetings.rules.who import require_recorder
from meetings.services import agenda
from meetings.views.reached import item_of, meeting_of, way_to_meeting
from parties.acting import acting_of
from web.carrying_out import act_at_once, carried_out


def item_add(request: HttpRequest, key: UUID) -> HttpResponse:
    meeting, acting = meeting_of(request, key), acting_of(request)
    require_recorder(acting, meeting.series)
    form = ItemForm(request.POST or None)

    def add(heading: str, body: str, **_: object) -> None:
        agenda.add_item(by=acting, meeting=meeting, heading=heading, body=body)

    if carried_out(request, form, add):
        messages.success(request, f"“{form.cleaned_data['heading']}” is on the agenda.")
        return redirect(f"{meeting_page(meeting)}#agenda")
    return _show(request, meeting, form, title="Add to the agenda", button="Add it")


def item(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """What the item says; its heading only where somebody added it."""
    found, acting = item_of(request, key, pk), acting_of(request)
    require_recorder(acting, found.meeting.series)
    form = ItemForm.of(found, request.POST or None)

    def word(**said: object) -> None:
        agenda.word_item(by=acting, item=found, **said)  # type: ignore[arg-type]

    if carried_out(request, form, word):
        messages.success(request, f"“{found.heading}” is saved.")
        return redirect(f"{meeting_page(found.meeting)}#item-{found.pk}")
    return _show(request, found.meeting, form, title=found.heading, button="Save")


def item_move(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """One place up or down; the page comes back where the item is now."""
    found, acting = item_of(request, key, pk), acting_of(request)
    up = request.POST.get("way") == "up"

    def act() -> None:
        agenda.move_item(by=acting, item=found, places=-1 if up else 1)

    done = f"“{found.heading}” moved {'up' if up else 'down'}."
    to = f"{meeting_page(found.meeting)}#item-{found.pk}"
    return act_at_once(request, act, done=done, to=to)


def item_remove(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    found, acting = item_of(request, key, pk), acting_of(request)

    def act() -> None:
        agenda.remove_item(by=acting, item=found)

    done = f"“{found.heading}” is off the agenda.\nThe history keeps it."
    return act_at_once(request, act, done=done, to=f"{meeting_page(found.meeting)}#agenda")


def _show(request: HttpRequest, meeting: Meeting, form: ItemForm, **context: str) -> HttpResponse:
    shown = {"form": form, "caption": title_of(meeting), "cancel": meeting_page(meeting)}
    return render(request, "form.jinja", shown | {"way": way_to_meeting(meeting)} | context)
