"""Meetings and their agendas: what is asked before a meeting."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms as django_forms

from deadlines.holidays import day_off
from documents.markdown import HOW_TO_MARK
from house import clock
from meetings.models import AgendaItem, Meeting
from nhsuk import forms
from nhsuk.dates import day as written
from nhsuk.offers import Offer


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
    ends = forms.TimeField(label="Until", help_text="On the same day", required=False)
    place = forms.LineField(label="Place or link", max_length=300, required=False)

    field_order = ("day", "time", "ends", "place", "as_it_is")

    def __init__(self, *args: Any, everybody: str, **options: Any) -> None:
        """`everybody` says who reads it."""
        super().__init__(*args, **options)
        self.fields["place"].help_text = everybody
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
    def of(cls, meeting: Meeting, data: Any, everybody: str) -> ChangeMeetingForm:
        names = ("day", "time", "ends", "place", "edit_no")
        initial = {name: getattr(meeting, name) for name in names}
        return cls(data, initial=initial, everybody=everybody)


class AboutField(forms.PickSeveralField):
    """The agreements whose parties alone read what is typed, as their references."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label="Only we and these read it", **options)


class ItemForm(forms.Form):
    """An item of the agenda; the heading of one that stands on every agenda stays."""

    edit_no = django_forms.IntegerField(widget=django_forms.HiddenInput, min_value=0, initial=0)
    heading = forms.LineField(label="Heading")
    body = forms.TextField(label="What to say about it", rows=6, max_length=5_000, required=False)
    about = AboutField(required=False)

    def __init__(
        self, *args: Any, readers: str, offer: Offer | None = None, **options: Any
    ) -> None:
        """`readers` says who reads it; `offer` are the agreements whose parties alone may."""
        super().__init__(*args, **options)
        self.fields["body"].help_text = HOW_TO_MARK if offer else f"{readers} {HOW_TO_MARK}"
        if offer:
            field: Any = self.fields["about"]
            field.help_text = f"Choose none for everybody. {readers}"
            field.offer(offer)
        else:
            del self.fields["about"]

    @classmethod
    def of(cls, item: AgendaItem, data: Any, readers: str) -> ItemForm:
        names = ("heading", "body", "edit_no")
        initial = {name: getattr(item, name) for name in names}
        form = cls(data, initial=initial, readers=readers)
        if not item.may_be_removed:
            del form.fields["heading"]
        return form


def lines_in(text: str, form: forms.Form, name: str, *, longest: int) -> list[str]:
    """Each line that says something, once. One that is too long becomes an error of the field."""
    lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if any(len(line) > longest for line in lines):
        form.add_error(name, f"Each line must be {longest} characters or fewer")
    return lines
