from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms as django_forms

from meetings.models import AgendaItem, Meeting
from nhsuk import forms


class WhenAndWhere(forms.Form):
    """The day, time and place of a meeting."""

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


class ScheduleForm(WhenAndWhere):
    # Made with the form: the same form sent twice calls one meeting.
    key = django_forms.UUIDField(widget=django_forms.HiddenInput, initial=uuid4)


class ChangeForm(WhenAndWhere):
    """`edit_no` is the number of the meeting that the form was made from."""

    edit_no = django_forms.IntegerField(widget=django_forms.HiddenInput, min_value=0)

    @classmethod
    def of(cls, meeting: Meeting, data: Any) -> ChangeForm:
        names = ("day", "time", "place", "edit_no")
        return cls(data, initial={name: getattr(meeting, name) for name in names})


class ItemForm(forms.Form):
    """An item of the agenda; the heading of one that stands on every agenda stays."""

    edit_no = django_forms.IntegerField(widget=django_forms.HiddenInput, min_value=0, initial=0)
    heading = forms.LineField(label="Heading")
    body = forms.TextField(
        label="What to say about it",
        help_text="Both parties read this before the meeting. Begin a line with - for a bullet.",
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
