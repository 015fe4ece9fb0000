"""Forms of the forward plan: planning, changing, moving, withdrawing, releasing, the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from agreements.models import Agreement
from communications.models import Announcement
from communications.queries.touched import ALL, PartiesOfMany
from house.clock import LONDON, london_instant
from nhsuk import forms
from nhsuk.offers import Choices

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


class AboutForm(forms.Form):
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
    agreements = forms.ChecklistField(
        label="Which agreements it touches",
        help_text="Choose all whose other party it has implications for.",
        error_messages={"required": "Choose at least one agreement"},
    )

    more = forms.LineField(
        label="Other agreements (optional)",
        help_text="Those that are not in this list, by their references: MOU-0061, MOU-0075",
        required=False,
    )

    about = forms.PickSeveralField(
        label="Which parties it is about",
        help_text="Of agreements between more than two parties. They are told that it is about "
        "them. The lead times of the terms are owed to all.",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        agreements: Choices,
        is_cut: bool,
        seen: QuerySet[Agreement],
        others: PartiesOfMany,
        **options: Any,
    ) -> None:
        """`seen` are the reader's agreements: those not listed may be named. `others` are the
        parties of those between more than two."""
        super().__init__(*args, **options)
        self.seen = seen
        field: Any = self.fields["agreements"]
        field.choices = agreements
        if is_cut:
            field.required = False
        else:
            del self.fields["more"]
        self.many = set(others.many)
        if self.many:
            self.fields["about"].offer(others)  # type: ignore[attr-defined]
        else:
            del self.fields["about"]

    def clean_agreements(self) -> list[Agreement]:
        return list(self.seen.filter(pk__in=self.cleaned_data["agreements"]))

    def clean_more(self) -> list[Agreement]:
        named = {each.strip().upper() for each in self.cleaned_data["more"].split(",")} - {""}
        found = list(self.seen.filter(reference__in=named))
        if missing := sorted(named - {each.reference for each in found}):
            raise ValidationError(f"There is no agreement {missing[0]}")
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if more := cleaned.pop("more", None):
            cleaned["agreements"] = [*cleaned.get("agreements", ()), *more]
        if "about" in cleaned:
            cleaned["about"] = self._named(cleaned["about"], cleaned.get("agreements", ()))
        return cleaned

    def _named(self, said: list[str], chosen: Sequence[Agreement]) -> list[int] | None:
        """None for all; nothing is asked where each chosen agreement is between two."""
        if ALL in said or self.many.isdisjoint(each.pk for each in chosen):
            return None
        if not said:
            self.add_error("about", "Choose which parties it is about")
        return [int(each) for each in said]


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
