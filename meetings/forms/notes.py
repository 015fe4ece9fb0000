"""Notes of a meeting that the parties of some of its agreements read alone (record 0055)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms as django_forms

from documents.markdown import HOW_TO_MARK
from meetings.forms.calling import AboutField
from meetings.models import Note
from nhsuk import forms
from nhsuk.offers import Offer


class NoteForm(forms.Form):
    """What a meeting said of some agreements alone."""

    # Made with the form: the same form sent twice writes one note.
    key = django_forms.UUIDField(widget=django_forms.HiddenInput, initial=uuid4)
    about = AboutField(error_messages={"required": "Choose who reads it"})
    text = forms.TextField(
        label="Note",
        help_text=HOW_TO_MARK,
        rows=10,
        max_length=20_000,
        error_messages={"required": "Enter the note"},
    )

    def __init__(self, *args: Any, offer: Offer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["about"].offer(offer)  # type: ignore[attr-defined]


class ChangeNoteForm(forms.Form):
    """What a note says; `edit_no` is the number of the note that the form was made from."""

    edit_no = django_forms.IntegerField(widget=django_forms.HiddenInput, min_value=0)
    text = forms.TextField(
        label="Note", rows=10, max_length=20_000, error_messages={"required": "Enter the note"}
    )

    @classmethod
    def of(cls, note: Note, data: Any, readers: str) -> ChangeNoteForm:
        form = cls(data, initial={"text": note.text, "edit_no": note.edit_no})
        form.fields["text"].help_text = f"{readers} {HOW_TO_MARK}"
        return form
