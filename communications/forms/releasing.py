"""The form that marks an announcement as released."""

from __future__ import annotations

from typing import Any

from communications.forms.planning import WithInstant
from communications.models import Draft
from documents.markdown import HOW_TO_MARK
from nhsuk import forms

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
        help_text=f"If it is not the draft. {HOW_TO_MARK}",
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

    called = ("Day of release", "Time of release")
    field_order = ["day", "time", "final", "text", "pdf", "because"]

    def __init__(
        self, *args: Any, newest: Draft | None, short: bool, initial: dict[str, Any]
    ) -> None:
        super().__init__(*args, initial=initial)
        field: Any = self.fields["final"]
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
