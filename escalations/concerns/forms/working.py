"""What is added to a concern, what is to be done about it, and how it ends."""

from __future__ import annotations

from typing import Any

from escalations.concerns.asking import NO_NAMES
from escalations.concerns.forms.asking import LONGEST, OfConcernForm
from escalations.models import ConcernAction
from house import clock
from nhsuk import forms
from parties.models import Person
from parties.offers import People, PersonField


class NoteMoreForm(OfConcernForm):
    text = forms.TextField(
        label="What is known now",
        help_text=f"It cannot be changed later. {NO_NAMES}",
        rows=6,
        max_length=LONGEST,
        error_messages={"required": "Say what is known"},
    )

    field_order = ("text", "as_it_is")


def _who_sees_to_it() -> PersonField:
    return PersonField(
        label="Who sees to it",
        help_text="They are reminded. They have to read the concern already.",
        required=False,
    )


class NewActionForm(OfConcernForm):
    what = forms.LineField(
        label="What is to be done",
        help_text=f"Also by somebody outside, such as the contractor. {NO_NAMES}",
        max_length=300,
    )
    due_on = forms.DateField(label="By when", help_text="For example, 31 3 2015", required=False)
    sees_to_it = _who_sees_to_it()

    field_order = ("what", "due_on", "sees_to_it", "as_it_is")

    def __init__(self, *args: Any, people: People, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["sees_to_it"]
        field.offer(people)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        return said | {"sees_to_it": _user_of(said.get("sees_to_it"))}


class PlanActionForm(forms.Form):
    due_on = forms.DateField(label="By when", help_text="For example, 31 3 2015", required=False)
    sees_to_it = _who_sees_to_it()

    def __init__(self, *args: Any, people: People, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["sees_to_it"]
        field.offer(people)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        return said | {"sees_to_it": _user_of(said.get("sees_to_it"))}


class CloseActionForm(OfConcernForm):
    as_what = forms.RadioField(
        label="What became of it",
        choices=[
            (ConcernAction.State.DONE.value, "It is done"),
            (ConcernAction.State.DROPPED.value, "It is dropped"),
        ],
        error_messages={"required": "Choose what became of it"},
    )
    done_on = forms.DateField(
        label="Day on which it was done", help_text="Only if it is done.", required=False
    )
    evidence = forms.TextField(
        label="How that is known, or why it is dropped",
        help_text=f"For example a letter and its date. {NO_NAMES}",
        rows=4,
        max_length=2_000,
        error_messages={"required": "Say how that is known, or why it is dropped"},
    )

    field_order = ("as_what", "done_on", "evidence", "as_it_is")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        is_done = said.get("as_what") == ConcernAction.State.DONE
        if is_done and "done_on" in said and not said["done_on"]:
            self.add_error("done_on", "Enter the day on which it was done")
        elif is_done and said.get("done_on") and said["done_on"] > clock.today():
            self.add_error("done_on", "The day is still to come")
        return said


class CloseForm(OfConcernForm):
    outcome = forms.TextField(
        label="What came of it",
        help_text=f"All who read the concern read it. {NO_NAMES}",
        rows=6,
        max_length=2_400,
        error_messages={"required": "Say what came of it"},
    )
    open_because = forms.TextField(
        label="Why it is closed with open actions", rows=4, max_length=2_400
    )

    field_order = ("outcome", "open_because", "as_it_is")

    def __init__(self, *args: Any, open_actions: int, **options: Any) -> None:
        super().__init__(*args, **options)
        if not open_actions:
            del self.fields["open_because"]


class ReopenForm(OfConcernForm):
    because = forms.TextField(
        label="Why it is opened again",
        help_text=f"All who read the concern read it. {NO_NAMES}",
        rows=4,
        max_length=2_400,
        error_messages={"required": "Say why it is opened again"},
    )

    field_order = ("because", "as_it_is")


class ErrorForm(OfConcernForm):
    because = forms.TextField(label="What was wrong", help_text=NO_NAMES, rows=4, max_length=500)

    field_order = ("because", "as_it_is")


class ReadByLinkForm(forms.Form):
    text = forms.TextField(
        label="What you want to say about it",
        help_text=f"Whoever reads the concern reads it. {NO_NAMES}",
        rows=4,
        max_length=2_000,
        required=False,
    )


def _user_of(person: Person | None) -> Any:
    """Their account: whoever reads a concern has one."""
    return getattr(person, "user", None)
