"""Forms of the forward plan: planning, changing, moving, withdrawing, releasing, the list."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from communications.forms.choosing import WithParties
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
    # What the two are called on this form.
    called = ("Day", "Time")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["day"].label, self.fields["time"].label = self.called

    def clean(self) -> dict[str, Any]:
        super().clean()
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


KIND_HINTS = {
    Announcement.Kind.PRESS_RELEASE: "A statement to the press, a broadcast or a website.",
    Announcement.Kind.PUBLICATION: "A report, plan or data that you publish.",
}


class AboutForm(WithParties):
    """What is announced, and which agreements it touches."""

    # Whom it is about is asked for by the agreements that are chosen.
    mark_optional = False

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

    field_order = ["kind", "title", "agreements", "more", "about"]


class PlanForm(AboutForm, WithInstant):
    """An announcement for the forward plan."""

    called = ("Day of the planned release", "Time of the planned release")
    field_order = ["kind", "title", "agreements", "more", "about", "day", "time"]


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
    agreement = forms.LineField(label="Title or reference of the agreement", max_length=100)
