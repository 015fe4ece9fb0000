"""The forms with which a group is answered, decided on and looked through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from agreements.groups.standing import STATES
from nhsuk import forms
from nhsuk.offers import Choices
from parties.models import Person
from parties.offers import People, PersonField


class AnswerForm(forms.Form):
    """Whether a commissioner takes part."""

    mark_optional = False

    takes_part = forms.RadioField(
        label="Does your organisation take part?",
        choices=[("yes", "Yes: make our agreements"), ("no", "No")],
        widget=forms.Radios(),
    )
    because = forms.TextField(
        label="If not: why",
        help_text="The organisation that sends it reads this.",
        rows=3, max_length=500, required=False,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("takes_part") == "no" and not said.get("because"):
            self.add_error("because", "Say why your organisation does not take part")
        return said


class CoveringForm(forms.Form):
    """One approval for all of a commissioner's own agreements of the group."""

    decided_on = forms.DateField(label="Date of the decision")
    decided_by = forms.LineField(
        label="Name of who decided, or chaired", max_length=120, required=False,
        help_text="The table of approvals in each PDF prints it.",
    )  # fmt: skip
    decided_as = forms.LineField(label="Their title", max_length=120, required=False)
    minute_reference = forms.LineField(
        label="Minute reference", max_length=120, required=False,
        help_text="For example, GB 7.2.",
    )  # fmt: skip
    note = forms.TextField(label="Note", rows=3, max_length=500, required=False)


class SignatoryForm(forms.Form):
    """Who signs for the commissioner, under all of its agreements of the group."""

    person = PersonField(
        label="Who signs",
        widget=forms.Radios(),
        nothing="",
        error_messages={"required": "Choose who signs"},
    )

    def __init__(self, data: Any, *, people: QuerySet[Person]) -> None:
        super().__init__(data)
        self.fields["person"].offer(People(people))  # type: ignore[attr-defined]


class OptOutForm(forms.Form):
    """What an organisation told its commissioner."""

    said_by = forms.LineField(label="Who said so", max_length=120)
    said_on = forms.DateField(label="When they said so")
    because = forms.TextField(
        label="Why, in their words",
        help_text="The organisation can read this.",
        rows=3, max_length=500,
    )  # fmt: skip


class OptOutAnswerForm(forms.Form):
    mark_optional = False

    agrees = forms.RadioField(
        label="Is it right?",
        choices=[("yes", "Yes: it takes no part"), ("no", "No: it is not right")],
        widget=forms.Radios(),
    )


class LinesFilter(forms.FilterForm):
    """What narrows the lines of a group."""

    text = forms.LineField(label="Organisation", max_length=100)
    state = forms.SelectField(label="State")
    commissioner = forms.SelectField(label="Commissioner")

    def __init__(
        self, data: Any, *, states: Sequence[str], commissioners: Choices, you: str
    ) -> None:
        super().__init__(data)
        words = [(key, STATES[key][0]) for key in STATES if key in states]
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            ("", "Any"), ("for_you", f"Waits for {you}"), *words,
        ]  # fmt: skip
        if len(commissioners) > 1:
            choices = [("", "Any"), *commissioners]
            self.fields["commissioner"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["commissioner"]
