"""Forms of the forward plan: planning, changing, moving, withdrawing, releasing, the list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from agreements.models import Agreement
from communications.models import Announcement, Draft
from house.clock import LONDON, london_instant
from nhsuk import forms

HOW = (
    "Leave a line empty between paragraphs. Begin a line with - for a bullet. Write **words** for "
    "bold."
)
SKIPPED = "The clocks go forward over this time. Enter an earlier or a later one"


class WithInstant(forms.Form):
    """A form with a day and a time, which together are the instant `at` of its cleaned data."""

    day = forms.DateField(label="Day", help_text="For example, 3 9 2014")
    time = forms.TimeField(
        label="Time",
        help_text="London time, for example 9:00 am or 14:30",
        error_messages={"required": "Enter the time"},
    )
    # What the two are called on this form.
    called = ("Day", "Time")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["day"].label, self.fields["time"].label = self.called

    def clean(self) -> dict[str, Any]:
        day, time = self.cleaned_data.pop("day", None), self.cleaned_data.pop("time", None)
        if day and time is not None:
            try:
                self.cleaned_data["at"] = london_instant(day, time)
            except ValueError:
                self.add_error("time", SKIPPED)
        return self.cleaned_data


def boxes_of(instant: datetime) -> dict[str, Any]:
    """What the two fields hold at first for an instant."""
    local = instant.astimezone(LONDON)
    return {"day": local.date(), "time": local.time().replace(second=0, microsecond=0)}


Choices = list[tuple[str, str]]
KIND_HINTS = {
    Announcement.Kind.PRESS_RELEASE: "A statement to the press, a broadcast or a website.",
    Announcement.Kind.PUBLICATION: "A report, plan or data that you publish.",
}


class AboutForm(forms.Form):
    """What is announced, and which agreements it touches."""

    kind = forms.RadioField(
        label="What is it",
        choices=Announcement.Kind.choices,
        widget=forms.Radios(hints=KIND_HINTS),
        error_messages={"required": "Choose what it is"},
    )
    title = forms.LineField(
        label="Title",
        help_text="Before release only your organisation and those you share a draft with see it.",
    )
    agreements = forms.ChecklistField(
        label="Which agreements it touches",
        help_text="Choose all whose other party it has implications for.",
        error_messages={"required": "Choose at least one agreement"},
    )

    def __init__(self, *args: Any, agreements: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["agreements"]
        field.choices = agreements

    def clean_agreements(self) -> list[Agreement]:
        return list(Agreement.objects.filter(pk__in=self.cleaned_data["agreements"]))


class PlanForm(AboutForm, WithInstant):
    """An announcement for the forward plan."""

    called = ("Day of the planned release", "Time of the planned release")
    field_order = ["kind", "title", "agreements", "day", "time"]


class MoveForm(WithInstant):
    """Another time for the release, and why."""

    called = ("New day", "New time")
    because = forms.TextField(
        label="Why it moves",
        help_text="Everybody who has a draft can read this.",
        rows=3,
        max_length=500,
        error_messages={"required": "Say why it moves"},
    )


class WithdrawForm(forms.Form):
    because = forms.TextField(
        label="Why it is withdrawn",
        help_text="Everybody who has a draft can read this.",
        rows=3,
        max_length=500,
        error_messages={"required": "Say why it is withdrawn"},
    )


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


class AnnouncementFilter(forms.FilterForm):
    """What narrows the forward plan."""

    state = forms.SelectField(
        label="State",
        choices=[("", "Any"), ("open", "Not released yet"), *Announcement.State.choices],
    )
    kind = forms.SelectField(label="Kind", choices=[("", "Any"), *Announcement.Kind.choices])
    whose = forms.SelectField(
        label="Whose", choices=[("", "Everybody's"), ("ours", "Ours"), ("others", "Of others")]
    )
    agreement = forms.SelectField(label="Agreement")

    def __init__(self, data: Any, *, agreements: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        field: Any = self.fields["agreement"]
        field.choices = [("", "Any"), *agreements]
