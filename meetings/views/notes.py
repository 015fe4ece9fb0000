"""Notes of a meeting that the parties of some of its agreements read alone (record 0055)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from meetings.forms.notes import ChangeNoteForm, NoteForm
from meetings.models import Note
from meetings.presenters.readers import only
from meetings.presenters.words import meeting_page
from meetings.queries.offers import FewToTick, about_for, agreements_called
from meetings.queries.seen import about_of
from meetings.rules.who import require_recorder
from meetings.services.notes import add_note, word_note
from meetings.views.reached import about_meeting, meeting_of, told_under
from parties.acting import acting_of
from web.carrying_out import posted, save_form


def note_add(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the meeting said of some agreements alone. Where all read the same there is no such."""
    meeting, acting = meeting_of(request, key), acting_of(request)
    require_recorder(acting, meeting.series)
    choices = about_for(meeting, acting)
    if not choices:
        raise Http404

    def add(about: Sequence[str], **said: Any) -> Note:
        those = agreements_called(acting, about)
        return add_note(by=acting, meeting=meeting, about=those, **said)

    def done(made: Note) -> str:
        those = about_of(made)
        return f"The note is saved.\n{only(those)} {told_under(those, acting)}"

    return save_form(
        request,
        posted(request, NoteForm, offer=FewToTick(choices)),
        add,
        done=done,
        leads_to=lambda _: f"{meeting_page(meeting)}#notes",
        title="Add a note that only some read",
        lead="What everybody who meets may read belongs into the notes of the record.",
        button="Save the note",
        **about_meeting(meeting),
    )


def note(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """What a note says."""
    meeting, acting = meeting_of(request, key), acting_of(request)
    require_recorder(acting, meeting.series)
    seen = Note.objects.visible_to(acting).filter(meeting=meeting)
    found = get_object_or_404(seen, pk=pk)
    found.meeting, those = meeting, about_of(found)

    def word(**said: Any) -> str:
        if not word_note(by=acting, note=found, **said):
            return "Nothing was changed."
        return f"The note is changed.\n{told_under(those, acting)}"

    return save_form(
        request,
        ChangeNoteForm.of(found, request.POST or None, only(those)),
        word,
        done=str,
        leads_to=lambda _: f"{meeting_page(meeting)}#notes",
        title="Change the note",
        **about_meeting(meeting),
    )
