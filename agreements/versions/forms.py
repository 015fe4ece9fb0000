"""The form for what a party decided about a version (A02)."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.db.models import QuerySet

from agreements.core.states import ApprovalStanding
from agreements.models import Approval, Version
from agreements.versions.services.approving import is_that_right
from house.clock import london_day
from nhsuk import forms
from parties.models import Person

Decision = Approval.Decision
STALE = "This page does not say what was decided before. Load it again. Nothing was recorded."
HINTS = {
    Decision.APPROVED: "The text may be signed as it stands.",
    Decision.SUBJECT_TO_CHANGES: "The text has to change first, and comes back.",
    Decision.DELEGATED: "The named person confirms later changes alone.",
    Decision.FOR_ENGAGEMENT: "It may be talked about with others. It is not approved for signing.",
    Decision.NOTED: "It was seen. It is not approved.",
    Decision.DEFERRED: "It comes back at a later meeting.",
    Decision.REJECTED: "It is not to be signed.",
}


class DecisionForm(forms.Form):
    """What the body or post-holder decided, when, and where that is written down.

    `edit_no` is that of the decisions that the form was made over.
    """

    edit_no = django_forms.IntegerField(
        widget=django_forms.HiddenInput,
        min_value=0,
        error_messages={"required": STALE, "invalid": STALE},
    )

    decision = forms.RadioField(
        label="Decision",
        choices=[(each.value, each.label) for each in HINTS],
        widget=forms.Radios(hints=HINTS),
        error_messages={"required": "Choose what was decided"},
    )
    delegated_to = django_forms.ModelChoiceField(
        Person.objects.none(),
        label="Who may finalise it",
        help_text="Only when the decision names a person. They need an account to confirm changes.",
        required=False,
        empty_label="Nobody",
    )
    decided_on = forms.DateField(label="Date of the decision", help_text="For example, 3 9 2014")
    before_text = forms.CheckboxField(label="Yes, the date is right", required=False)
    minute_reference = forms.LineField(
        label="Minute reference", max_length=120, size=20, required=False
    )
    note = forms.TextField(
        label="Note",
        help_text="What else the other party should know, for example which changes are asked for.",
        rows=3,
        max_length=500,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        version: Version,
        standing: ApprovalStanding,
        people: QuerySet[Person],
    ) -> None:
        super().__init__(*args, initial={"edit_no": standing.edit_no})
        self.version, route = version, standing.route
        if not self.is_bound:
            del self.fields["before_text"]
        self.fields["delegated_to"].queryset = people  # type: ignore[attr-defined]
        self.fields["decision"].label = f"What the {route.name} decided"
        if route.route == "post":
            reference = self.fields["minute_reference"]
            reference.label, reference.help_text = "Reference", "For example, of the letter."

    def clean(self) -> dict[str, Any]:
        """Whoever is named without a delegation was chosen by mistake: say so, drop nothing.

        A date before the text had its number is asked about.
        """
        self._ask_about_date()
        decision, person = self.cleaned_data.get("decision"), self.cleaned_data.get("delegated_to")
        if person and decision and decision != Decision.DELEGATED:
            self.add_error(
                "delegated_to",
                "Choose “Nobody”, or change the decision to “Approved, and a named person may "
                "finalise it”",
            )
        return self.cleaned_data

    def _ask_about_date(self) -> None:
        on, frozen_at = self.cleaned_data.get("decided_on"), self.version.frozen_at
        if on is None or frozen_at is None or on >= london_day(frozen_at):
            del self.fields["before_text"]
        elif not self.cleaned_data.get("before_text"):
            self.add_error("before_text", is_that_right(self.version, on))
