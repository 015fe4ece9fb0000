"""Calling a meeting, changing its day or place, cancelling it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from house.refusals import Refused
from meetings.forms.scheduling import ChangeForm, ScheduleForm
from meetings.models import Meeting
from meetings.presenters.lists import meeting_page, series_page
from meetings.presenters.words import title_of, when
from meetings.rules.who import require_recorder
from meetings.services.scheduling import cancel_meeting, move_meeting, schedule_meeting
from meetings.views.meanwhile import gone_on
from meetings.views.reached import meeting_of, series_of, told_others, way_to_meeting, way_to_series
from parties.acting import acting_of
from web.carrying_out import carried_out, show_refusal
from web.forms import ReasonForm


def schedule(request: HttpRequest, key: UUID) -> HttpResponse:
    """Calls a meeting; its agenda begins with what belongs on every one."""
    series, acting = series_of(request, key), acting_of(request)
    require_recorder(acting, series)
    form = ScheduleForm(request.POST or None)
    made: list[Meeting] = []

    def act(**said: Any) -> None:
        made.append(schedule_meeting(by=acting, series=series, **said))

    if carried_out(request, form, act):
        done = f"The meeting on {when(made[0])} is scheduled.\n{told_others(series, acting)}"
        messages.success(request, f"{done}\nNext: add to its agenda what you want to talk about.")
        return redirect(meeting_page(made[0]))
    context = {
        "title": "Schedule a meeting",
        "caption": series.name,
        "form": form,
        "button": "Schedule the meeting",
        "cancel": series_page(series),
        "way": way_to_series(series),
    }
    return render(request, "form.jinja", context)


def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Moves a meeting, or says where it is."""
    meeting, acting = meeting_of(request, key), acting_of(request)
    require_recorder(acting, meeting.series)
    form = ChangeForm.of(meeting, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            moved = move_meeting(by=acting, meeting=meeting, **form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
            form = gone_on(form, refusal, ChangeForm.of)
        else:
            return _changed(request, meeting, moved=moved)
    context = {
        "title": "Change day or place",
        "caption": title_of(meeting),
        "form": form,
        "cancel": meeting_page(meeting),
        "way": way_to_meeting(meeting),
    }
    return render(request, "form.jinja", context)


def cancel(request: HttpRequest, key: UUID) -> HttpResponse:
    """It will not be held."""
    meeting, acting = meeting_of(request, key), acting_of(request)
    require_recorder(acting, meeting.series)
    form = ReasonForm(request.POST or None, label="Why it is cancelled")

    def act(because: str) -> None:
        cancel_meeting(by=acting, meeting=meeting, because=because)

    if carried_out(request, form, act):
        done = f"The meeting on {when(meeting)} is cancelled."
        messages.success(request, f"{done}\n{told_others(meeting.series, acting)}")
        return redirect(meeting_page(meeting))
    context = {
        "title": "Cancel this meeting",
        "caption": title_of(meeting),
        "lead": "The other parties are told, with your reason. A meeting that is owed stays owed.",
        "form": form,
        "button": "Cancel the meeting",
        "warning": True,
        "cancel": meeting_page(meeting),
        "way": way_to_meeting(meeting),
    }
    return render(request, "form.jinja", context)


def _changed(request: HttpRequest, meeting: Meeting, *, moved: bool) -> HttpResponse:
    told = told_others(meeting.series, acting_of(request))
    done = f"The meeting is changed.\n{told}" if moved else "Nothing was changed."
    messages.success(request, done)
    return redirect(meeting_page(meeting))
