"""The form of a new concern, and what narrows the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from agreements.models import Party
from escalations.concerns.asking import NO_NAMES
from escalations.concerns.forms.asking import LONGEST, AsksAboutNames
from escalations.concerns.queries import commissioners, practices
from escalations.models import PracticeConcern
from escalations.rules.between import ALL, chosen, offered
from nhsuk import forms
from parties.offers import OrganisationField

YES_OR_NO: Final = [("yes", "Yes"), ("no", "No")]


class OpenConcernForm(AsksAboutNames):
    practice = OrganisationField(
        label="Practice", help_text="Leave this empty if the practice is not here.", required=False
    )
    practice_name = forms.LineField(
        label="Practice in words", help_text="Only where it is not in the list.", required=False
    )
    source = forms.RadioField(
        label="Where it comes from",
        choices=PracticeConcern.Source.choices,
        error_messages={"required": "Choose where it comes from"},
    )
    severity = forms.RadioField(
        label="How serious it is",
        choices=PracticeConcern.Severity.choices,
        error_messages={"required": "Choose how serious it is"},
    )
    known = forms.TextField(
        label="What is known",
        help_text=f"Facts, dates and where they come from. {NO_NAMES}",
        rows=8,
        max_length=LONGEST,
        error_messages={"required": "Say what is known"},
    )
    risk = forms.RadioField(
        choices=YES_OR_NO, error_messages={"required": "Say whether services are at risk"}
    )
    at_risk = forms.PickSeveralField(
        label="Whose services are at risk",
        help_text="The parties that commission them. Choose none if none are.",
        required=False,
    )
    gap = forms.RadioField(
        label="Is there a gap in what the contract delivers?",
        choices=YES_OR_NO,
        error_messages={"required": "Say whether there is a gap"},
    )
    commissioner = OrganisationField(
        label="Which commissioner is told of the gap", help_text="Only for a gap.", required=False
    )
    commissioner_name = forms.LineField(
        label="Commissioner in words", help_text="Only where it is not in the list.", required=False
    )

    field_order = (
        "practice", "practice_name", "source", "severity", "known", "risk", "at_risk", "gap",
        "commissioner", "commissioner_name", "as_it_is",
    )  # fmt: skip

    def __init__(self, *args: Any, others: Sequence[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["practice"].offer(practices())
        fields["commissioner"].offer(commissioners())
        self.others = others
        if len(others) == 1:
            del self.fields["at_risk"]
            fields["risk"].label = f"Are services at risk that {others[0].name} commissions?"
        else:
            del self.fields["risk"]
            fields["at_risk"].offer(offered(others))

    @property
    def asked_about(self) -> list[str]:
        """What a practice or a commissioner is called is no performer's name."""
        return ["known"]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        practice, words = said.get("practice"), said.get("practice_name")
        self.practice_called = f"{practice.name if practice else ''} {words or ''}"
        if "practice" in said and "practice_name" in said and bool(practice) == bool(words):
            error = "Choose the practice, or name it in words" if not practice else (
                "Name the practice in one of the two ways"
            )  # fmt: skip
            self.add_error("practice" if not practice else "practice_name", error)
        return self._as_said(super().clean())

    def _as_said(self, said: dict[str, Any]) -> dict[str, Any]:
        """What the service takes: the parties whose services are at risk, and whether there is a
        gap."""
        keys = said.pop("at_risk", None) or []
        if said.pop("risk", "") == "yes":
            keys = [ALL]
        said["at_risk"] = chosen(self.others, keys)
        said["has_gap"] = said.pop("gap", "") == "yes"
        if not said["has_gap"]:
            said["commissioner"], said["commissioner_name"] = None, ""
        return said


class ConcernFilter(forms.FilterForm):
    state = forms.SelectField(
        label="State", choices=[("", "Open"), ("closed", "Closed"), ("all", "All")]
    )
