"""Forms about a draft: adding it, commenting on it, answering a comment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms as django_forms

from nhsuk import forms
from parties.models import Organisation

HOW = (
    "Leave a line empty between paragraphs. Begin a line with - for a bullet. Write **words** for "
    "bold."
)


class DraftForm(forms.Form):
    """The text, or a PDF of it."""

    text = forms.TextField(label="Text", help_text=HOW, rows=16, max_length=50_000, required=False)
    pdf = forms.UploadField(
        label="Or a PDF of it",
        help_text="Up to 20 MB.",
        accept=".pdf,application/pdf",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        text, pdf = self.cleaned_data.get("text"), self.cleaned_data.get("pdf")
        if not self.errors and not text and not pdf:
            self.add_error("text", "Type the text, or choose a PDF")
        if text and pdf:
            self.add_error("pdf", "Type the text or choose a PDF, not both")
        return self.cleaned_data


class CommentForm(forms.Form):
    text = forms.TextField(
        label="Your comment",
        help_text="Your side's named readers and the organisation that announces it read this. "
        "Nobody else ever does.",
        rows=5,
        max_length=5_000,
        error_messages={"required": "Enter your comment"},
    )


class AnswerForm(forms.Form):
    """The owner's answer to the readers of one side."""

    side = forms.SelectField(label="To the readers of")
    text = forms.TextField(
        label="Your answer",
        help_text="The named readers of that side read this. Nobody else of it does.",
        rows=5,
        max_length=5_000,
        error_messages={"required": "Enter your answer"},
    )

    def __init__(self, *args: Any, sides: Iterable[Organisation]) -> None:
        super().__init__(*args)
        choices = [(str(side.pk), side.name) for side in sides]
        field = self.fields["side"]
        assert isinstance(field, django_forms.ChoiceField)  # noqa: S101 - for mypy
        if len(choices) == 1:
            field.widget = django_forms.HiddenInput()
            field.initial = choices[0][0]
        field.choices = choices
