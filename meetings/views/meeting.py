"""The page of a meeting, and what the parties say of its record."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agreements.core.confirming import ConfirmationForm
from meetings.presenters.lists import meeting_page
from meetings.presenters.meeting import MeetingPage
from meetings.presenters.words import title_of
from meetings.rules.who import require_answerer, require_party_that_entered
from meetings.services.correcting import answer_record, enter_meeting_in_error
from meetings.views.reached import meeting_of, told_others, way_to_meeting, way_to_series
from parties.acting import acting_of
from web.carrying_out import carried_out
from web.forms import ReasonForm


def meeting(request: HttpRequest, key: UUID) -> HttpResponse:
    """Its agenda before it; who came, notes and actions afterwards."""
    found = meeting_of(request, key)
    page = MeetingPage(found, acting_of(request))
    context = {"page": page, "meeting": found, "way": way_to_series(found.series)}
    return render(request, "meetings/meeting.jinja", context)


def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Another party confirms the record, or says what is not right."""
    found, acting = meeting_of(request, key), acting_of(request)
    require_answerer(acting, found)
    yes = "we confirm it and the actions that are ours"
    form = ConfirmationForm(request.POST or None, what="this record", yes=yes)

    def say(because: str, **_: object) -> None:
        answer_record(by=acting, meeting=found, agrees=form.agrees, because=because)

    if carried_out(request, form, say):
        messages.success(request, f"{form.done}\n{told_others(found.series, acting)}")
        return redirect(meeting_page(found))
    context = {
        "title": "Say whether this record is right",
        "caption": title_of(found),
        "lead": "A record that is not right counts as no meeting until it is put right.",
        "form": form,
        "button": "Send your answer",
        "cancel": meeting_page(found),
        "way": way_to_meeting(found),
    }
    return render(request, "form.jinja", context)


def error(request: HttpRequest, key: UUID) -> HttpResponse:
    """It never should have been there."""
    found, acting = meeting_of(request, key), acting_of(request)
    require_party_that_entered(acting, found)
    form = ReasonForm(request.POST or None, label="What was wrong")

    def act(because: str) -> None:
        enter_meeting_in_error(by=acting, meeting=found, because=because)

    if carried_out(request, form, act):
        done = "The meeting is marked as entered in error."
        messages.success(request, f"{done}\n{told_others(found.series, acting)}")
        return redirect(meeting_page(found))
    context = {
        "title": "Entered in error",
        "caption": title_of(found),
        "lead": "It leaves every count. It stays readable with your reason, and its actions stay: "
        "look at each of them. The other parties are told. This cannot be undone.",
        "form": form,
        "button": "Mark as entered in error",
        "warning": True,
        "cancel": meeting_page(found),
        "way": way_to_meeting(found),
    }
    return render(request, "form.jinja", context)
