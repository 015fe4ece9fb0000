"""Writing down what happened: who came, notes, and the actions agreed, in one form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import uuid4

from django import forms as django_forms
from django.forms import BaseFormSet, formset_factory

from documents.markdown import HOW_TO_MARK
from meetings.forms.calling import lines_in
from meetings.models import Attendee, Meeting
from nhsuk import forms
from nhsuk.offers import Choices
from parties.models import Organisation

People = Mapping[Organisation, Choices]
ROWS, MOST_ROWS = 3, 30
# Of more organisations the people are named in one field.
MOST_APART = 12


class AccountForm(forms.Form):
    """Who came, and notes. The people are those who probably came; others are typed."""

    others = forms.TextField(
        label="Who else came",
        rows=3,
        max_length=4_000,
        required=False,
    )
    notes = forms.TextField(
        label="Notes",
        rows=10,
        required=False,
    )

    def __init__(self, *args: Any, people: People, everybody: str, **options: Any) -> None:
        """`everybody` says who reads it."""
        super().__init__(*args, **options)
        self.fields[
            "others"
        ].help_text = (
            f"One on each line, by name or role: “Practice nurse, Beck Street”. {everybody}"
        )
        self.fields["notes"].help_text = f"What was said and agreed. {everybody} {HOW_TO_MARK}"
        there = {each: choices for each, choices in people.items() if choices}
        self.fields |= _in_one(there) if len(there) > MOST_APART else _apart(there)
        self.order_fields(["key", "edit_no", "day", "place", *self._came, "others", "notes"])

    def clean_others(self) -> list[str]:
        return lines_in(self.cleaned_data["others"], self, "others", longest=160)

    @property
    def came(self) -> Iterator[tuple[int, int]]:
        """(organisation, person) of everybody who was ticked or named."""
        for name in self._came:
            for value in self.cleaned_data[name]:
                both = value if name == "came" else f"{name.removeprefix('came_')}-{value}"
                organisation, person = both.split("-")
                yield int(organisation), int(person)

    @property
    def _came(self) -> list[str]:
        return [name for name in self.fields if name.startswith("came")]


def _apart(people: People) -> dict[str, forms.ChecklistField]:
    """A list to tick for each organisation."""
    return {
        f"came_{each.pk}": forms.ChecklistField(
            label=f"Who came for {each}",
            choices=choices,
            required=False,
            widget=forms.Checkboxes(small=True),
        )
        for each, choices in people.items()
    }


def _in_one(people: People) -> dict[str, forms.PickSeveralField]:
    """One field for the people of many organisations."""
    field = forms.PickSeveralField(label="Who came", required=False)
    field.offer(
        [
            (f"{each.pk}-{pk}", f"{name} ({each.name})")
            for each, choices in people.items()
            for pk, name in choices
        ]
    )
    return {"came": field}


class ElsewhereForm(AccountForm):
    """A meeting that was held without having been called here."""

    # Made with the form: the same form sent twice records one meeting.
    key = django_forms.UUIDField(widget=django_forms.HiddenInput, initial=uuid4)
    day = forms.DateField(label="Day on which it was held", help_text="For example, 3 9 2014")
    place = forms.LineField(label="Place", max_length=300, required=False)


class CorrectForm(AccountForm):
    """The record as it is; `edit_no` is the number that the form was made from."""

    edit_no = django_forms.IntegerField(widget=django_forms.HiddenInput, min_value=0)
    day = forms.DateField(label="Day on which it was held", help_text="For example, 3 9 2014")

    @classmethod
    def of(
        cls, meeting: Meeting, came: Iterable[Attendee], data: Any, **options: Any
    ) -> CorrectForm:
        """`came` are those on record whom the reader knows of."""
        initial: dict[str, Any] = {
            name: getattr(meeting, name) for name in ("day", "notes", "edit_no")
        }
        names = []
        for row in came:
            if row.person_id:
                of, person = row.organisation_id, str(row.person_id)
                initial.setdefault(f"came_{of}", []).append(person)
                initial.setdefault("came", []).append(f"{of}-{person}")
            else:
                names.append(row.name)
        return cls(data, initial=initial | {"others": "\n".join(names)}, **options)


class ActionRow(forms.Form):
    """One action that the meeting agreed. A row that is left empty is none."""

    mark_optional = False

    what = forms.LineField(label="What has to be done", max_length=200, required=False)
    owner = forms.PickField(label="Who takes it forward", required=False)
    due_on = forms.DateField(label="Due date", required=False)

    def __init__(self, *args: Any, owners: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].offer(owners)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if any(said.values()):
            if not said.get("what") and "what" not in self.errors:
                self.add_error("what", "Enter what has to be done")
            if not said.get("owner") and "owner" not in self.errors:
                self.add_error("owner", "Choose who takes it forward")
        return said


ActionRows = formset_factory(ActionRow, extra=ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def action_rows(data: Any, owners: Choices, *, more: int = 0) -> BaseFormSet[Any]:
    """The rows that were sent and so many more; three empty ones to begin with."""
    if data is not None:
        data = data.copy()
        data["actions-TOTAL_FORMS"] = str(min(_rows_sent(data) + more, MOST_ROWS))
        data["actions-INITIAL_FORMS"] = "0"
    return ActionRows(data, prefix="actions", form_kwargs={"owners": owners})


def _rows_sent(data: Any) -> int:
    """How many rows a browser says that it sends; three for what is no such number."""
    said = data.get("actions-TOTAL_FORMS", "")
    return int(said) if re.fullmatch(r"[0-9]{1,2}", said) else ROWS


def filled_in(rows: BaseFormSet[Any]) -> list[dict[str, Any]]:
    return [row.cleaned_data for row in rows.forms if row.cleaned_data.get("what")]
