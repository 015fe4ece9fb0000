"""Forms of the forward plan: planning, changing, moving, withdrawing, narrowing the list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms as django_forms

from agreements.models import Agreement
from communications.models import Announcement
from house.clock import LONDON, london_instant
from nhsuk import forms

SKIPPED = "The clocks go forward over this time. Enter an earlier or a later one"


class WithInstant(forms.Form):
    """A form with a day and a time, which together are the instant `at` of its cleaned data."""

    day = forms.DateField(label="Day", help_text="For example, 3 9 2014")
    time = forms.TimeField(
        label="Time",
        help_text="London time, for example 9:00 am or 14:30",
        error_messages={"required": "Enter the time"},
    )

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
        field = self.fields["agreements"]
        assert isinstance(field, django_forms.MultipleChoiceField)  # noqa: S101 - for mypy
        field.choices = agreements

    def clean_agreements(self) -> list[Agreement]:
        return list(Agreement.objects.filter(pk__in=self.cleaned_data["agreements"]))


class PlanForm(AboutForm, WithInstant):
    """An announcement for the forward plan."""

    field_order = ["kind", "title", "agreements", "day", "time"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["day"].label = "Day of the planned release"
        self.fields["time"].label = "Time of the planned release"


class MoveForm(WithInstant):
    """Another time for the release, and why."""

    because = forms.TextField(
        label="Why it moves",
        help_text="Everybody who has a draft can read this.",
        rows=3,
        max_length=500,
        error_messages={"required": "Say why it moves"},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["day"].label = "New day"
        self.fields["time"].label = "New time"


class WithdrawForm(forms.Form):
    because = forms.TextField(
        label="Why it is withdrawn",
        help_text="Everybody who has a draft can read this.",
        rows=3,
        max_length=500,
        error_messages={"required": "Say why it is withdrawn"},
    )


WHOSE = [("", "Everybody's"), ("ours", "Ours"), ("others", "Of others")]


class ListFilter(forms.FilterForm):
    """What narrows the forward plan."""

    state = forms.SelectField(label="State")
    kind = forms.SelectField(label="Kind", choices=[("", "Any"), *Announcement.Kind.choices])
    whose = forms.SelectField(label="Whose", choices=WHOSE)
    agreement = forms.SelectField(label="Agreement")

    def __init__(self, data: Any, *, agreements: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        states = [("", "Any"), ("open", "Not released yet"), *Announcement.State.choices]
        self.fields["state"].choices = states  # type: ignore[attr-defined]
        self.fields["agreement"].choices = [("", "Any"), *agreements]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> dict[str, Any]:
        """What was asked for; what cannot be understood narrows nothing."""
        self.is_valid()
        return self.cleaned_data if self.is_bound else {}
