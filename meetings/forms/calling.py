"""Series, their meetings and agendas: what is asked before a meeting."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms as django_forms

from deadlines.holidays import day_off
from documents.markdown import HOW_TO_MARK
from house import clock
from meetings.models import AgendaItem, Cadence, Meeting, Series
from nhsuk import forms
from nhsuk.dates import day as written
from nhsuk.offers import Choices

ANY, OURS = "any", "ours"


class CadenceForm(forms.Form):
    """How often a series meets."""

    cadence = forms.RadioField(
        label="How often",
        choices=Cadence.choices,
        error_messages={"required": "Choose how often"},
    )
    per_year = forms.WholeNumberField(
        label="Number in each MoU year",
        help_text="Only if you chose another number.",
        min_value=1,
        max_value=52,
        required=False,
    )
    mark_optional = False

    @classmethod
    def of(cls, series: Series, data: Any) -> CadenceForm:
        return cls(data, initial={"cadence": series.cadence, "per_year": series.per_year})

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("cadence") != Cadence.PER_YEAR:
            said["per_year"] = None
        elif not said.get("per_year") and "per_year" not in self.errors:
            self.add_error("per_year", "Enter the number in each MoU year")
        return said


class SeriesForm(CadenceForm):
    """A new series: what it is called, how often it meets, which agreements it serves."""

    # Made with the form: the same form sent twice makes one series.
    key = django_forms.UUIDField(widget=django_forms.HiddenInput, initial=uuid4)
    name = forms.LineField(
        label="What the meetings are called",
        help_text="For example, Quality group",
        max_length=160,
        error_messages={"required": "Enter what the meetings are called"},
    )
    agreements = forms.ChecklistField(
        label="Which agreements they serve",
        help_text="Everybody in these agreements reads the agendas and the notes.",
        error_messages={"required": "Choose at least one agreement"},
    )
    convener = forms.RadioField(
        label="Who calls them",
        choices=[(ANY, "Any of the parties"), (OURS, "Our organisation")],
        initial=ANY,
    )
    body = forms.PickField(
        label="Group that meets (optional)",
        nothing="None",
        help_text="If the portal knows it as a body or group.",
        required=False,
    )
    standing = forms.TextField(
        label="What stands on every agenda (optional)",
        help_text="One heading on each line. Open actions are always on it.",
        rows=4,
        max_length=2_000,
        required=False,
    )

    field_order = (
        "key", "name", "agreements", "cadence", "per_year", "convener", "body", "standing",
    )  # fmt: skip

    def __init__(self, data: Any, *, agreements: Choices, bodies: Choices, chosen: str) -> None:
        super().__init__(data, initial={"agreements": [chosen], "convener": ANY})
        self.fields["agreements"].choices = agreements  # type: ignore[attr-defined]
        self.fields["body"].offer(bodies)  # type: ignore[attr-defined]
        if not bodies:
            del self.fields["body"]

    def clean_standing(self) -> list[str]:
        return lines_in(self.cleaned_data["standing"], self, "standing", longest=200)


class WhenAndWhere(forms.AsksFirst):
    """The day, time and place of a meeting. A day on which few people work is asked about."""

    day = forms.DateField(
        label="Day",
        help_text="For example, 3 9 2014",
        error_messages={"required": "Enter the day"},
    )
    time = forms.TimeField(
        label="Time",
        help_text="London time, for example 9:00 am or 14:30",
        required=False,
    )
    place = forms.LineField(
        label="Place or link", help_text="Both parties read this.", max_length=300, required=False
    )

    field_order = ("day", "time", "place", "as_it_is")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["as_it_is"].label = "The meeting is on that day all the same"
        if not self.is_bound:
            self.ask_about([])

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        self.ask_about(self._odd(said.get("day")))
        said.pop("as_it_is", None)
        return said

    def _odd(self, chosen: date | None) -> list[str]:
        """Who changes the time alone was asked before. A day that has passed is refused."""
        if not chosen or chosen == self.initial.get("day") or chosen < clock.today():
            return []
        off = day_off(chosen)
        return [f"{written(chosen)} is {off}."] if off else []


class ScheduleForm(WhenAndWhere):
    # Made with the form: the same form sent twice calls one meeting.
    key = django_forms.UUIDField(widget=django_forms.HiddenInput, initial=uuid4)


class ChangeMeetingForm(WhenAndWhere):
    """`edit_no` is the number of the meeting that the form was made from."""

    edit_no = django_forms.IntegerField(widget=django_forms.HiddenInput, min_value=0)

    @classmethod
    def of(cls, meeting: Meeting, data: Any) -> ChangeMeetingForm:
        names = ("day", "time", "place", "edit_no")
        return cls(data, initial={name: getattr(meeting, name) for name in names})


class ItemForm(forms.Form):
    """An item of the agenda; the heading of one that stands on every agenda stays."""

    edit_no = django_forms.IntegerField(widget=django_forms.HiddenInput, min_value=0, initial=0)
    heading = forms.LineField(label="Heading")
    body = forms.TextField(
        label="What to say about it",
        help_text=f"Both parties read this before the meeting. {HOW_TO_MARK}",
        rows=6,
        max_length=5_000,
        required=False,
    )

    @classmethod
    def of(cls, item: AgendaItem, data: Any) -> ItemForm:
        names = ("heading", "body", "edit_no")
        form = cls(data, initial={name: getattr(item, name) for name in names})
        if not item.may_be_removed:
            del form.fields["heading"]
        return form


def lines_in(text: str, form: forms.Form, name: str, *, longest: int) -> list[str]:
    """Each line that says something, once. One that is too long becomes an error of the field."""
    lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if any(len(line) > longest for line in lines):
        form.add_error(name, f"Each line must be {longest} characters or fewer")
    return lines
