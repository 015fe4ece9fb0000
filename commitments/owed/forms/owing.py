"""Forms of what is owed: by whom, for whom, when, and who takes it forward."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import uuid4

from django import forms as django_forms

from agreements.models import Party
from commitments.models import Commitment
from commitments.owed.said import When
from documents.markdown import HOW_TO_MARK
from nhsuk import forms
from nhsuk.offers import Choices

Cadence = Commitment.Cadence
HOW_OFTEN: Final = [
    (Cadence.STANDING, "As it comes up: it is asked about at the meeting and the review"),
    (Cadence.ONCE, "Once, by a day"),
    (Cadence.MONTHLY, "Monthly"),
    (Cadence.QUARTERLY, "Quarterly"),
    (Cadence.TWICE_A_YEAR, "Twice in each year"),
    (Cadence.YEARLY, "Once in each year"),
    (Cadence.N_A_YEAR, "Another number in each year"),
]


class WhenForm(forms.Form):
    """How often something is owed, or by which day."""

    mark_optional = False

    cadence = forms.RadioField(
        label="When it is owed", choices=HOW_OFTEN,
        error_messages={"required": "Choose when it is owed"},
    )  # fmt: skip
    due_on = forms.DateField(label="Day", help_text="Only if you chose once.", required=False)
    per_year = forms.WholeNumberField(
        label="Number in each year", help_text="Only if you chose another number.",
        min_value=1, max_value=52, required=False,
    )  # fmt: skip
    by_timetable = forms.CheckboxField(
        label="Its days are those of a timetable, which is uploaded next", required=False
    )
    by_financial_year = forms.CheckboxField(
        label="Years run from April to March, and months are those of the calendar", required=False
    )

    def when(self) -> When:
        said = self.cleaned_data
        names = ("cadence", "per_year", "due_on", "by_timetable", "by_financial_year")
        return When(**{name: said[name] for name in names})


class NewCommitmentForm(WhenForm):
    """Something that a party owes and the text does not list."""

    field_order = ("what", "owed_by", "outside", "owed_to", "clause_key", "cadence")

    # Made with the form: the same form sent twice makes one commitment.
    key = django_forms.UUIDField(widget=django_forms.HiddenInput, initial=uuid4)
    what = forms.LineField(label="What is owed", max_length=200)
    owed_by = forms.PickField(label="Who owes it", required=False)
    outside = forms.LineField(
        label="Or who else owes it",
        help_text="If it is no party. For example, the county council.",
        max_length=200, required=False,
    )  # fmt: skip
    owed_to = forms.PickField(
        label="For whom", help_text="Leave it empty if it is for all other parties.", required=False
    )
    clause_key = forms.SelectField(label="The clause that it belongs to", required=False)
    details = forms.TextField(
        label="Details", help_text=f"The parties read this. {HOW_TO_MARK}", rows=4,
        max_length=5_000, required=False,
    )  # fmt: skip

    def __init__(
        self, *args: Any, parties: Sequence[Party], clauses: Choices, **options: Any
    ) -> None:
        super().__init__(*args, initial={"cadence": Cadence.STANDING.value}, **options)
        self.parties = {str(party.pk): party for party in parties}
        fields: Any = self.fields
        for name in ("owed_by", "owed_to"):
            fields[name].offer([(key, party.name) for key, party in self.parties.items()])
        fields["clause_key"].choices = [("", "No one clause"), *clauses]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if bool(said.get("owed_by")) == bool(said.get("outside")) and "owed_by" not in self.errors:
            self.add_error("owed_by", "Choose who owes it, or name somebody outside, one of these")
        if said.get("owed_to") and said.get("owed_to") == said.get("owed_by"):
            self.add_error("owed_to", "Choose another party than the one that owes it")
        return said

    def said(self) -> dict[str, Any]:
        """As the service takes it."""
        said = self.cleaned_data
        named = {name: said[name] for name in ("what", "outside", "clause_key", "details", "key")}
        parties = {name: self.parties.get(said[name]) for name in ("owed_by", "owed_to")}
        return {**named, **parties, "when": self.when()}


class ChangeCommitmentForm(WhenForm):
    """Who takes it forward; and, where no text says it, what and when."""

    field_order = ("what", "lead", "details", "cadence")

    edit_no = django_forms.IntegerField(widget=django_forms.HiddenInput, min_value=0)
    what = forms.LineField(label="What is owed", max_length=200)
    lead = forms.PickField(
        label="Who takes it forward", nothing="Nobody named: the MoU manager", required=False
    )
    details = forms.TextField(
        label="Details", help_text=f"The parties read this. {HOW_TO_MARK}", rows=4,
        max_length=5_000, required=False,
    )  # fmt: skip

    def __init__(
        self, data: Any, *, commitment: Commitment, leads: Choices, says_when: bool
    ) -> None:
        names = ("what", "details", "edit_no", "cadence", "per_year", "due_on", "by_timetable",
                 "by_financial_year")  # fmt: skip
        now = {name: getattr(commitment, name) for name in names}
        super().__init__(data, initial={**now, "lead": lead_value(commitment)})
        self.says_when = says_when
        held = lead_value(commitment)
        if held and held not in dict(leads):
            leads = [*leads, (held, str(commitment.person or commitment.team))]
        fields: Any = self.fields
        fields["lead"].offer(leads)
        if commitment.owed_by_id is None:
            del self.fields["lead"]
        if commitment.is_from_text:
            del self.fields["what"]
        for name in () if says_when else ("cadence", "per_year", "due_on", "by_timetable",
                                          "by_financial_year"):  # fmt: skip
            del self.fields[name]


def lead_value(commitment: Commitment) -> str:
    """What the form sends for who takes it forward."""
    if commitment.person_id:
        return f"person-{commitment.person_id}"
    return f"team-{commitment.team_id}" if commitment.team_id else ""
