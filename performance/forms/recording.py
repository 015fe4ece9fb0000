"""Forms that record a request: what is asked, by whom, of whom, and when it came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from datetime import time as time_of_day
from typing import Any, Final
from uuid import uuid4

from django import forms as django_forms

from agreements.models import Party
from documents.markdown import HOW_TO_MARK
from house.clock import london_instant
from nhsuk import forms
from nhsuk.offers import Choices
from performance.models import Request

Kind, How = Request.Kind, Request.How
PLAIN: Final = [(each.value, each.label) for each in Kind if each != Kind.FOI]
OUTSIDE: Final = "outside"
# The hour that stands for a day whose hour nobody knows; pages then show the day alone.
MIDNIGHT: Final = time_of_day(0)
SKIPPED: Final = "The clocks go forward over this time. Enter an earlier or a later one"
HINTS: Final = {
    Kind.INFORMATION: "Data or documents.",
    Kind.QUERY: "A question that wants an answer.",
    Kind.PRACTICE_VISIT: "Help with a visit to a practice.",
}


class ReceivedForm(forms.Form):
    """When something was received, a London day and time: `received_at` and `has_time` of the
    cleaned data. With neither box filled in it is now; a day alone is a day without an hour."""

    day = forms.DateField(
        label="Day it was received", required=False,
        help_text="For example, 3 9 2014. Leave it empty for now.",
    )  # fmt: skip
    time = forms.TimeField(
        label="Time it was received", required=False,
        help_text="London time, for example 9:00 am or 14:30. Leave it empty if nobody knows.",
    )  # fmt: skip
    # Made with the form: the same form sent twice makes one request.
    key = django_forms.UUIDField(widget=django_forms.HiddenInput, initial=uuid4)
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        super().clean()
        said = self.cleaned_data
        day, at = said.pop("day", None), said.pop("time", None)
        if at is not None and day is None and "day" not in self.errors:
            self.add_error("day", "Enter the day as well as the time")
        elif day:
            self._put(day, at)
        return said

    def _put(self, day: date, at: time_of_day | None) -> None:
        try:
            self.cleaned_data["received_at"] = london_instant(day, MIDNIGHT if at is None else at)
        except ValueError:
            self.add_error("time", SKIPPED)
        self.cleaned_data["has_time"] = at is not None


class RequestForm(ReceivedForm):
    """What one party, or somebody outside, asks of a party."""

    kind = forms.RadioField(
        label="What is it", choices=PLAIN, widget=forms.Radios(hints=HINTS),
        error_messages={"required": "Choose what it is"},
    )  # fmt: skip
    subject = forms.LineField(label="What is asked, in one line", max_length=200)
    details = forms.TextField(
        label="Details (optional)", rows=5, max_length=5_000, required=False,
        help_text=f"The parties read this. Name no patient. {HOW_TO_MARK}",
    )  # fmt: skip
    asked_of = forms.PickField(
        label="Who is asked", error_messages={"required": "Choose who is asked"}
    )
    asked_by = forms.PickField(label="Who asks", error_messages={"required": "Choose who asks"})
    asker = forms.LineField(
        label="A practice or somebody outside (optional)", max_length=200, required=False,
        help_text="If nobody of the list asks: which practice or organisation it is.",
    )  # fmt: skip
    how = forms.SelectField(
        label="How it came",
        choices=[(each.value, each.label) for each in How if each != How.LINK],
        initial=How.PAGE,
    )  # fmt: skip
    field_order = ["kind", "subject", "details", "asked_of", "asked_by", "asker", "how", "day",
                   "time"]  # fmt: skip

    def __init__(
        self, *args: Any, parties: Sequence[Party], own: Party | None, **more: Any
    ) -> None:
        """`own` is the side of who records: it asks, unless they say that somebody else does."""
        super().__init__(*args, **more)
        self.parties = parties
        named: Choices = [(str(party.pk), party.name) for party in parties]
        others = [each for each in named if not own or each[0] != str(own.pk)]
        fields: Any = self.fields
        fields["asked_of"].offer(named)
        fields["asked_by"].offer([*named, (OUTSIDE, "A practice or somebody outside")])
        fields["asked_by"].initial = str(own.pk) if own else OUTSIDE
        if len(others) == 1:
            fields["asked_of"].initial = others[0][0]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        by = {str(party.pk): party for party in self.parties}
        asked_of, asked_by = said.get("asked_of"), said.get("asked_by")
        is_outside = asked_by == OUTSIDE
        if asked_by and is_outside and not said.get("asker") and "asker" not in self.errors:
            self.add_error("asker", "Enter which practice or organisation asks")
        if asked_by and not is_outside and said.get("asker"):
            self.add_error("asker", "Leave this empty, or choose somebody outside above")
        if asked_of and asked_of == asked_by:
            self.add_error("asked_of", "Nobody asks itself. Choose another party")
        said["asked_of"] = by.get(asked_of or "")
        said["asked_by"] = None if is_outside else by.get(asked_by or "")
        return said
