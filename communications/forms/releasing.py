"""The forms that mark an announcement as released, and that correct its final text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from communications.forms.planning import WithInstant
from communications.models import Draft
from documents.markdown import HOW_TO_MARK
from house import clock
from nhsuk import forms

TEXT, FILE = "text", "pdf"


def as_draft(draft: Draft) -> str:
    """The choice of a draft by its number: one that came meanwhile is not released unseen."""
    return f"draft-{draft.number}"


class WithFinalText(forms.Form):
    """`final` says which text is the final one: a draft as it stands, one that is typed, a PDF."""

    # One of the two is needed, and what is chosen says which.
    mark_optional = False

    final = forms.RadioField(
        label="Which text was released",
        error_messages={"required": "Choose which text was released"},
    )
    text = forms.TextField(
        label="The final text",
        help_text=f"If it is typed here. {HOW_TO_MARK}",
        rows=12,
        max_length=50_000,
        required=False,
    )
    pdf = forms.UploadField(
        label="The final PDF",
        help_text="If it is a PDF. Up to 20 MB.",
        accept=".pdf,application/pdf",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned, final = self.cleaned_data, self.cleaned_data.get("final")
        if final == TEXT and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", "Enter the final text")
        if final == FILE and not cleaned.get("pdf") and "pdf" not in self.errors:
            self.add_error("pdf", "Choose the final PDF")
        return cleaned


class CorrectForm(WithFinalText):
    """The right text, and why the one before was wrong."""

    because = forms.TextField(
        label="Why it is corrected",
        help_text="Each other party reads this.",
        rows=3,
        max_length=500,
        error_messages={"required": "Say why the text is corrected"},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        final: Any = self.fields["final"]
        final.label, final.choices = "The right text", [(TEXT, "Typed here"), (FILE, "A PDF")]
        final.error_messages["required"] = "Choose how you give the right text"


class ReleaseForm(WithInstant, WithFinalText, forms.AsksFirst):
    """When it was released, and with which text."""

    because = forms.TextField(
        label="Why the notice was short",
        help_text="Needed where a party had no draft by its lead time. Each other party reads it.",
        rows=3,
        max_length=500,
        error_messages={"required": "Say why the notice was short"},
    )

    without_team = forms.TextField(
        label="Why it goes out without the consent of the team",
        rows=3,
        max_length=500,
        error_messages={"required": "Say why it goes out without the consent of the team"},
    )

    called = ("Day of release", "Time of release")
    field_order = ["day", "time", "final", "text", "pdf", "because", "without_team", "as_it_is"]

    def __init__(
        self,
        *args: Any,
        newest: Draft | None,
        short: bool,
        initial: dict[str, Any],
        odd: Callable[[datetime], list[str]],
        awaited: str = "",
    ) -> None:
        """`awaited` says which teams were asked and have not consented; often none."""
        super().__init__(*args, initial=initial)
        self.odd = odd
        self.fields["without_team"].help_text = awaited
        if not awaited:
            del self.fields["without_team"]
        field: Any = self.fields["final"]
        drafts = [(as_draft(newest), f"Draft {newest.number}, as it stands")] if newest else []
        field.choices = [*drafts, (TEXT, "Another text, typed here"), (FILE, "A PDF")]
        self.fields["because"].required = short
        # Who enters an earlier time may need it after all, and gets it with the error.
        if not short and not self.is_bound:
            del self.fields["because"]
        self.fields["as_it_is"].label = "Mark it as released all the same"
        if not self.is_bound:
            self.ask_about(odd(clock.now()))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if at := cleaned.get("at"):
            self.ask_about(self.odd(at))
        cleaned.pop("as_it_is", None)
        return cleaned
