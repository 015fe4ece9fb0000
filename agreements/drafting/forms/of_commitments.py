"""The page of the terms on something that a party owes, by a day or now and then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agreements.drafting.forms.entries import OFTEN, EntryPart
from agreements.drafting.forms.part import number
from agreements.drafting.forms.term_lines import LinesField
from agreements.terms import CommitmentTerm, Terms
from nhsuk import forms
from nhsuk.words import capital

HOW_OFTEN = [
    ("as_required", "The agreement names neither a day nor how often"),
    ("once", "Once, by a day"),
    *OFTEN[1:],
]
MOST_COLUMNS = 8


class CommitmentPart(EntryPart):
    """Something that is owed, by the parties of some sides or by somebody outside."""

    called, many = "something that is owed", "things that are owed"
    hint = (
        "In force, each party that owes it has a commitment with its days and its evidence. Name a "
        "day or how often only if the agreement does."
    )

    label = forms.LineField(
        label="What is owed", help_text="For example, Report on enhanced services", max_length=160
    )
    clause = forms.SelectField(label="The clause that asks for it", required=False)
    of_sides = forms.ChecklistField(
        label="Who owes it", help_text="Each party of a side that you tick.", required=False
    )
    outside = forms.LineField(
        label="Or who else owes it",
        help_text="If it is no party. For example, the county council.",
        max_length=200, required=False,
    )  # fmt: skip
    to = forms.RadioField(label="For whom", required=False)
    cadence = forms.RadioField(
        label="When", choices=HOW_OFTEN,
        error_messages={"required": "Choose when it is owed"},
    )  # fmt: skip
    per_year = number(
        "Number in each year of the agreement", least=1, most=52,
        hint="Only if you chose another number.",
    )  # fmt: skip
    due_on = forms.DateField(
        label="Day", help_text="Only if you chose once. Empty if it is still to be said.",
        required=False,
    )  # fmt: skip
    by_timetable = forms.CheckboxField(
        label="Its days are those of a timetable, which is uploaded later", required=False
    )
    by_financial_year = forms.CheckboxField(
        label="Years run from April to March, and months are those of the calendar", required=False
    )
    standard = forms.SelectField(label="The standard whose exclusions hold for it", required=False)
    columns = LinesField(
        label="Columns of the table that comes with it",
        help_text="One on each line, up to eight. Empty if it has no table.",
        rows=4, required=False,
    )  # fmt: skip

    @classmethod
    def every(cls, terms: Terms) -> Sequence[CommitmentTerm]:
        return terms.commitments

    def shown(self) -> dict[str, Any]:
        shown = super().shown()
        return {
            "cadence": "as_required", "to": "", "clause": "", "standard": "", **shown,
            "of_sides": list(shown.get("slots", ())),
            "columns": "\n".join(shown.get("columns", ())),
        }  # fmt: skip

    def add_boxes(self) -> None:
        super().add_boxes()
        fields: Any = self.fields
        sides = [(slot, capital(side)) for slot, side in self.slots]
        fields["of_sides"].choices = sides
        fields["to"].choices = [("", "All at once"), *((s, f"{c}, by itself") for s, c in sides)]
        known = [(each.key, each.label) for each in self.before.standards]
        fields["standard"].choices = [("", "None"), *known]
        fields["clause"].choices = [("", "No one clause"), *self._clauses()]

    def _clauses(self) -> list[tuple[str, str]]:
        """The clauses of the text; one that is gone can stay named."""
        held = self.entry.clause if self.entry else ""
        known = dict(self.clauses)
        return [*known.items(), *([(held, held)] if held and held not in known else [])]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if bool(said.get("of_sides")) == bool(said.get("outside")) and "outside" not in self.errors:
            self.add_error("of_sides", "Tick who owes it, or name somebody outside, one of the two")
        if said.get("cadence") != "n_a_year":
            said["per_year"] = None
        elif said.get("per_year") is None and "per_year" not in self.errors:
            self.add_error("per_year", "Enter the number in each year of the agreement")
        if said.get("cadence") != "once":
            said["due_on"] = None
        if len(said.get("columns") or ()) > MOST_COLUMNS:
            self.add_error("columns", f"Enter up to {MOST_COLUMNS} columns")
        return said

    def typed(self, key: str) -> CommitmentTerm:
        names = ("label", "clause", "outside", "to", "cadence", "per_year", "due_on",
                 "by_timetable", "by_financial_year", "standard")  # fmt: skip
        said = {name: self.cleaned_data[name] for name in names}
        slots = tuple(slot for slot, _ in self.slots if slot in self.cleaned_data["of_sides"])
        columns = tuple(self.cleaned_data["columns"])
        return CommitmentTerm(key=key, slots=slots, columns=columns, **said)

    def said(self) -> dict[str, Any]:
        return {"commitments": self.list_now()}
