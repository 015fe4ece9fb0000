"""The page of a meeting; calling, moving and cancelling one; the parties' word on its record."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agreements.core.by_link import NO_LONGER, acts, opened_by
from agreements.core.confirming import ConfirmationForm
from commitments.presenters import words as action_words
from mail.models import SentLink
from meetings.forms.calling import ChangeMeetingForm, ScheduleForm
from meetings.models import Meeting
from meetings.presenters import words
from meetings.presenters.meeting import MeetingPage
from meetings.presenters.readers import everybody, everybody_at, only
from meetings.presenters.words import meeting_page, when
from meetings.queries.seen import notes_seen
from meetings.queries.sides import agreements_at, agreements_with
from meetings.rules.who import require_answerer, require_party_that_entered, require_recorder
from meetings.services.correcting import answer_record, enter_meeting_in_error, written_no
from meetings.services.scheduling import cancel_meeting, move_meeting, schedule_meeting
from meetings.views.reached import (
    about_meeting,
    about_series,
    meeting_of,
    series_of,
    told_others,
    told_own,
    way_to_series,
)
from nhsuk.dates import day
from parties.acting import Acting, acting_of
from web.carrying_out import ReasonForm, posted, save_form
from web.link_forms import link_form
from web.links import gone


def meeting(request: HttpRequest, key: UUID) -> HttpResponse:
    """Its agenda before it; who came, notes and actions afterwards."""
    found = meeting_of(request, key)
    page = MeetingPage(found, acting_of(request))
    context = {"page": page, "words": words, "action_words": action_words}
    context |= {"way": way_to_series(found.series)}
    return render(request, "meetings/meeting.jinja", context)


def schedule(request: HttpRequest, key: UUID) -> HttpResponse:
    """Calls a meeting; its agenda begins with what belongs on every one."""
    series, acting = series_of(request, key), acting_of(request)
    require_recorder(acting, series)
    return save_form(
        request,
        posted(request, ScheduleForm, everybody=everybody(series)),
        partial(schedule_meeting, by=acting, series=series),
        done=lambda made: (
            f"The meeting on {when(made)} is scheduled.\n{told_others(series, acting)}\n"
            "Next: add to its agenda what you want to talk about."
        ),
        leads_to=meeting_page,
        title="Schedule a meeting",
        button="Schedule the meeting",
        **about_series(series),
    )


def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Moves a meeting, or says where it is."""
    meeting, acting = meeting_of(request, key), acting_of(request)
    require_recorder(acting, meeting.series)

    def act(**said: Any) -> str:
        if not move_meeting(by=acting, meeting=meeting, **said):
            return "Nothing was changed."
        return f"The meeting is changed.\n{told_others(meeting.series, acting)}"

    return save_form(
        request,
        ChangeMeetingForm.of(meeting, request.POST or None, everybody_at(meeting)),
        act,
        done=str,
        title="Change day or place",
        **about_meeting(meeting),
    )


def cancel(request: HttpRequest, key: UUID) -> HttpResponse:
    """It will not be held."""
    meeting, acting = meeting_of(request, key), acting_of(request)
    require_recorder(acting, meeting.series)
    done = f"The meeting on {when(meeting)} is cancelled."
    return save_form(
        request,
        posted(request, ReasonForm, label="Why it is cancelled", hint=everybody_at(meeting)),
        partial(cancel_meeting, by=acting, meeting=meeting),
        done=lambda _: f"{done}\n{told_others(meeting.series, acting)}",
        title="Cancel this meeting",
        lead="The other parties are told, with your reason. A meeting that is owed stays owed.",
        button="Cancel the meeting",
        warning=True,
        **about_meeting(meeting),
    )


def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Another party confirms the record, or says what is not right."""
    meeting, acting = meeting_of(request, key), acting_of(request)
    require_answerer(acting, meeting)
    yes = "we confirm it and the actions that are ours"
    shown = written_no(meeting)
    form = posted(request, ConfirmationForm, what="this record", yes=yes, edit_no=shown)
    say_who_reads(form, meeting, acting)

    def say(because: str, **said: Any) -> None:
        answer_record(
            by=acting, meeting=meeting, agrees=form.agrees, because=because,
            edit_no=said["edit_no"],
        )  # fmt: skip

    return save_form(
        request,
        form,
        say,
        done=lambda _: f"{form.done}\n{told_own(meeting, acting)}",
        title="Say whether this record is right",
        lead="A record that is not right counts as no meeting until it is put right.",
        button="Send your answer",
        **about_meeting(meeting),
    )


def answer_by_link(request: HttpRequest, link: SentLink) -> HttpResponse:
    """The same by a link, for a key contact without an account (record 0052)."""
    by = opened_by(link)
    if by is None:
        return gone(request, sentence=NO_LONGER)
    rows = Meeting.objects.visible_to(by.acting).select_related("series", "recorded_for")
    meeting = rows.filter(pk=by.about, state=Meeting.State.HELD).first()
    if meeting is None:
        return gone(request, sentence="This meeting was entered in error, or is no longer there.")
    form = posted(request, ConfirmationForm, what="this record", edit_no=written_no(meeting))
    say_who_reads(form, meeting, by.acting)

    def say(because: str, **said: Any) -> None:
        with acts(by) as acting:
            answer_record(
                by=acting, meeting=meeting, agrees=form.agrees, because=because,
                edit_no=said["edit_no"],
            )  # fmt: skip

    return link_form(
        request,
        form,
        say,
        done=lambda: f"{form.done}\n{told_own(meeting, by.acting)}",
        title="Is the record of this meeting right?",
        caption=by.title,
        facts=[
            ("Meeting", meeting.series.name),
            ("Held on", day(meeting.day)),
            ("Recorded by", str(meeting.recorded_for)),
            *([("Notes", meeting.notes)] if meeting.notes else []),
            *(("Note for you alone", note.text) for note in notes_seen(meeting, by.acting)),
        ],
        lead="A record that is not right counts as no meeting until it is put right.",
    )


def say_who_reads(form: ConfirmationForm, meeting: Meeting, acting: Acting) -> None:
    """What is not right is read by the parties of one's own agreements, of several that meet."""
    every = agreements_at(meeting)
    own = agreements_with(every, acting.organisation_id)
    if len(own) < len(every):
        form.fields["because"].help_text = f"If you answer no. {only(own)}"


def error(request: HttpRequest, key: UUID) -> HttpResponse:
    """It never should have been there."""
    meeting, acting = meeting_of(request, key), acting_of(request)
    require_party_that_entered(acting, meeting)
    done = "The meeting is marked as entered in error."
    return save_form(
        request,
        posted(request, ReasonForm, label="What was wrong", hint=everybody_at(meeting)),
        partial(enter_meeting_in_error, by=acting, meeting=meeting),
        done=lambda _: f"{done}\n{told_others(meeting.series, acting)}",
        title="Entered in error",
        lead="It leaves every count. It stays readable with your reason, and its actions stay: "
        "look at each of them. The other parties are told. This cannot be undone.",
        button="Mark as entered in error",
        warning=True,
        **about_meeting(meeting),
    )
