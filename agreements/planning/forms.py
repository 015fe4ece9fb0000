"""Dates of a body's meetings as people bring them, and the day to plan back from."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CharField, HiddenInput

from house import clock
from house.refusals import Refused
from nhsuk import forms
from nhsuk.dates import day
from parties.services.diaries import LONGEST
from parties.services.lists import sentences_of
from parties.services.meeting_dates import MeetingLine, read_file, read_typed


class DatesForm(forms.Form):
    """Typed or pasted, or a file: what it means is shown before it is kept."""

    mark_optional = False
    text = forms.TextField(
        label="Type or paste the dates",
        help_text="One meeting to a line, such as 6 August 2014. If its papers are due on a day of "
        "its own, write both dates: the earlier one is for the papers.",
        rows=8, max_length=20_000, required=False,
    )  # fmt: skip
    file = forms.UploadField(
        label="Or choose a file",
        accept=".ics,.xlsx,.csv,.txt,.tsv",
        help_text="A calendar (.ics), or an Excel or CSV file with one meeting to a row.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not self.errors and bool(said.get("text")) == bool(said.get("file")):
            self.add_error("text", "Type the dates or choose a file, one of the two")
        return said

    def lines(self) -> list[MeetingLine]:
        """What was understood. Raises Refused."""
        upload = self.cleaned_data["file"]
        found = read_file(upload) if upload else read_typed(self.cleaned_data["text"])
        if not found:
            raise Refused("There is no date in this. Give each meeting a line with its day.")
        return found

    def add_refusal(self, refusal: Refused) -> None:
        field = "file" if self.cleaned_data.get("file") else "text"
        for sentence in sentences_of(refusal):
            self.add_error(field, sentence)
        self.take_moment(refusal)


class KeepDatesForm(forms.Form):
    """The dates that were understood, to be kept with the next press."""

    list = CharField(widget=HiddenInput)

    def __init__(self, kept: Any) -> None:
        first = isinstance(kept, str)
        super().__init__(None if first else kept, initial={"list": kept} if first else None)


class PapersForm(forms.Form):
    days = forms.WholeNumberField(
        label="How many days before a meeting are its papers due?",
        help_text="Leave it empty if that differs each time, and enter a day with each meeting.",
        min_value=0, max_value=LONGEST, required=False,
    )  # fmt: skip
    unit = forms.RadioField(
        label="Which days are these?",
        choices=[("working", "Working days"), ("plain", "All days, weekends too")],
    )


class PlanDayForm(forms.Form):
    """The day by which something is to be decided."""

    mark_optional = False
    on = forms.DateField(label="By which day is it to be decided?")

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < clock.today():
            raise ValidationError(f"{day(on)} has passed. Enter today or a later day.")
        return on
