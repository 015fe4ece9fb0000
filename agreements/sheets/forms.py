"""The note to the successor."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms

from agreements.sheets.queries import Note
from nhsuk import forms

LONGEST = 4_000
STALE = "This page is no longer complete. Open it again, and write the note anew."


class NoteForm(forms.Form):
    """What a successor should know. `edit_no` is the note's number when the form was made."""

    edit_no = django_forms.IntegerField(
        widget=django_forms.HiddenInput, min_value=0,
        error_messages={"required": STALE, "invalid": STALE},
    )  # fmt: skip
    text = forms.TextField(
        label="What your successor should know",
        help_text="Only people of your organisation see it. Leave it empty to take the note away.",
        rows=10,
        max_length=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, note: Note | None, **options: Any) -> None:
        text, edit_no = (note.now.text, note.edit_no) if note else ("", 0)
        super().__init__(*args, initial={"text": text, "edit_no": edit_no}, **options)
