"""Forms about a draft: adding it, commenting on it, answering a comment, releasing its text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms as django_forms

from communications.forms.planning import WithInstant
from communications.models import Draft
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


TEXT, FILE = "text", "pdf"


def as_draft(draft: Draft) -> str:
    """The choice of a draft by its number: one that came meanwhile is not released unseen."""
    return f"draft-{draft.number}"


class ReleaseForm(WithInstant):
    """`final` says which text was released: the newest draft as it stands, another, or a PDF."""

    final = forms.RadioField(
        label="Which text was released",
        error_messages={"required": "Choose which text was released"},
    )
    text = forms.TextField(
        label="The final text",
        help_text=f"If it is not the draft. {HOW}",
        rows=12,
        max_length=50_000,
        required=False,
    )
    pdf = forms.UploadField(
        label="The final PDF",
        help_text="If it is not the draft. Up to 20 MB.",
        accept=".pdf,application/pdf",
        required=False,
    )
    because = forms.TextField(
        label="Why the notice was short",
        help_text="Needed where a party had no draft by its lead time. The other party reads this.",
        rows=3,
        max_length=500,
        error_messages={"required": "Say why the notice was short"},
    )

    field_order = ["day", "time", "final", "text", "pdf", "because"]

    def __init__(
        self, *args: Any, newest: Draft | None, short: bool, initial: dict[str, Any]
    ) -> None:
        super().__init__(*args, initial=initial)
        self.newest = newest
        self.fields["day"].label, self.fields["time"].label = "Day of release", "Time of release"
        field = self.fields["final"]
        assert isinstance(field, django_forms.ChoiceField)  # noqa: S101 - for mypy
        drafts = [(as_draft(newest), f"Draft {newest.number}, as it stands")] if newest else []
        field.choices = [*drafts, (TEXT, "Another text"), (FILE, "A PDF")]
        self.fields["because"].required = short
        # Who enters an earlier time may need it after all, and gets it with the error.
        if not short and not self.is_bound:
            del self.fields["because"]

    def clean(self) -> dict[str, Any]:
        cleaned, final = super().clean(), self.cleaned_data.get("final")
        if final == TEXT and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", "Enter the final text")
        if final == FILE and not cleaned.get("pdf") and "pdf" not in self.errors:
            self.add_error("pdf", "Choose the final PDF")
        return cleaned
