"""The forms about reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms as django_forms

from nhsuk import forms
from nhsuk.offers import Choices
from parties.models.organisations import OrganisationQuerySet
from parties.offers import OrganisationField, Organisations
from reports.models import Report
from reports.rules import OF_A_TREND, Quarter, last_over

STALE = "This page is no longer complete. Open it again, and write your words anew."
Scope = Report.Scope


def quarters(today: date) -> Choices:
    """The newest that are over, the last first."""
    newest = last_over(today)
    found = [newest.moved(-number) for number in range(OF_A_TREND)]
    return [(each.first.isoformat(), each.label) for each in found]


class QuarterForm(forms.Form):
    quarter = forms.SelectField(label="On which quarter?")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["quarter"].choices = quarters(today)  # type: ignore[attr-defined]

    def clean_quarter(self) -> Quarter:
        return Quarter(date.fromisoformat(self.cleaned_data["quarter"]))


class SeveralForm(QuarterForm):
    """A report on several of one's own organisation's agreements."""

    scope = forms.RadioField(
        label="What is it about?",
        choices=[
            (Scope.PORTFOLIO.value, "All our agreements"),
            (Scope.PARTY.value, "All our agreements with one organisation"),
            (Scope.GROUP.value, "Our agreements of one group"),
        ],
        error_messages={"required": "Choose what it is about"},
    )
    other = OrganisationField(
        label="Which organisation?", help_text="If you chose one organisation.", required=False
    )
    issue = forms.SelectField(
        label="Which group?", help_text="If you chose a group.", required=False
    )
    field_order = ("quarter", "scope", "other", "issue")

    def __init__(
        self, *args: Any, others: OrganisationQuerySet, issues: Choices, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offered: Any = self.fields["other"]
        offered.offer(Organisations(others))
        if issues:
            self.fields["issue"].choices = [("", "Choose from the list"), *issues]  # type: ignore[attr-defined]
            return
        del self.fields["issue"]
        scope: Any = self.fields["scope"]
        scope.choices = [each for each in scope.choices if each[0] != Scope.GROUP]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        scope = said.get("scope")
        if scope == Scope.PARTY and not said.get("other") and "other" not in self.errors:
            self.add_error("other", "Choose the organisation")
        if scope == Scope.GROUP and not said.get("issue"):
            self.add_error("issue", "Choose the group")
        return said


class ImprovementsForm(forms.Form):
    """Where to improve. `edit_no` is the report's number when the form was made."""

    edit_no = django_forms.IntegerField(
        widget=django_forms.HiddenInput, min_value=0,
        error_messages={"required": STALE, "invalid": STALE},
    )  # fmt: skip
    text = forms.TextField(
        label="What gives concern, and what could be better",
        help_text="In your own words. Name no patient and no performer. The other parties read it.",
        rows=10,
        max_length=5_000,
        required=False,
    )


class SendForm(forms.Form):
    remarks_by = forms.DateField(
        label="Until when do the others add their remarks?",
        help_text="For example, 30 4 2014. Whoever says nothing until the end of that day is said "
        "to have made no remark. Then the report is final.",
        error_messages={"required": "Enter the last day for remarks"},
    )


class RemarkForm(forms.Form):
    text = forms.TextField(
        label="Your party's remark",
        help_text="It stands in the report as you write it. Leave it empty if you have none.",
        rows=8,
        max_length=2_000,
        required=False,
    )


class AssuranceForm(forms.Form):
    since = forms.DateField(
        label="Say what changed since",
        help_text="For example, 31 3 2014. Leave it empty for the report before, if there is one.",
        required=False,
    )
