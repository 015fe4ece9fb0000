"""The agenda of a scheduled meeting, item by item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from meetings.forms.calling import ItemForm
from meetings.models import AgendaItem
from meetings.presenters.readers import everybody_at, who_read
from meetings.presenters.words import meeting_page
from meetings.queries.offers import FewToTick, about_for, agreements_called
from meetings.queries.seen import about_of
from meetings.rules.who import require_recorder
from meetings.services import agenda
from meetings.views.reached import about_meeting, meeting_of
from parties.acting import acting_of
from web.carrying_out import act_at_once, posted, save_form


def item_add(request: HttpRequest, key: UUID) -> HttpResponse:
    meeting, acting = meeting_of(request, key), acting_of(request)
    require_recorder(acting, meeting.series)

    about, everybody = about_for(meeting, acting), everybody_at(meeting)

    def add(heading: str, body: str, about: Sequence[str] = (), **_: object) -> AgendaItem:
        those = agreements_called(acting, about)
        return agenda.add_item(by=acting, meeting=meeting, heading=heading, body=body, about=those)

    def done(made: AgendaItem) -> str:
        return f"“{made.heading}” is on the agenda.\n{who_read(about_of(made), meeting)}"

    return save_form(
        request,
        posted(request, ItemForm, readers=everybody, offer=FewToTick(about) if about else None),
        add,
        done=done,
        leads_to=lambda _: f"{meeting_page(meeting)}#agenda",
        title="Add to the agenda",
        button="Add it",
        **about_meeting(meeting),
    )


def item(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """What the item says; its heading only where somebody added it."""
    found, acting = _item_of(request, key, pk), acting_of(request)
    require_recorder(acting, found.meeting.series)

    def word(**said: Any) -> None:
        agenda.word_item(by=acting, item=found, **said)

    return save_form(
        request,
        ItemForm.of(found, request.POST or None, who_read(about_of(found), found.meeting)),
        word,
        done=lambda _: f"“{found.heading}” is saved.",
        leads_to=lambda _: _place_of(found),
        title=found.heading,
        **about_meeting(found.meeting),
    )


def item_move(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """One place up or down; the page comes back where the item is now."""
    found, acting = _item_of(request, key, pk), acting_of(request)
    up = request.POST.get("way") == "up"
    return act_at_once(
        request,
        lambda: agenda.move_item(by=acting, item=found, places=-1 if up else 1),
        done=f"“{found.heading}” moved {'up' if up else 'down'}.",
        to=_place_of(found),
    )


def item_remove(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    found, acting = _item_of(request, key, pk), acting_of(request)
    return act_at_once(
        request,
        lambda: agenda.remove_item(by=acting, item=found),
        done=f"“{found.heading}” is off the agenda.\nThe history keeps it.",
        to=f"{meeting_page(found.meeting)}#agenda",
    )


def _item_of(request: HttpRequest, key: UUID, pk: int) -> AgendaItem:
    meeting = meeting_of(request, key)
    items = AgendaItem.objects.visible_to(acting_of(request))
    item = get_object_or_404(items, meeting=meeting, pk=pk)
    item.meeting = meeting
    return item


def _place_of(item: AgendaItem) -> str:
    return f"{meeting_page(item.meeting)}#item-{item.pk}"
