"""The forms for what a party decided about a version (A02), and for the changes it asked for."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.db.models import QuerySet

from agreements.core.carrying import SUBJECT_TO_CHANGES
from agreements.core.states import ApprovalStanding
from agreements.models import CARRIES, Approval, Version
from agreements.versions.services.approving import SAY_WHICH, is_that_right
from agreements.versions.services.confirming import SAY_DIFFERENT
from house.clock import london_day
from nhsuk import forms
from nhsuk.words import in_sentence
from parties.models import Person
from parties.offers import People, PersonField

Decision = Approval.Decision
STALE = "This page does not say what was decided before. Load it again. Nothing was recorded."
HINTS = {
    Decision.APPROVED: "The text may be signed as it stands.",
    Decision.SUBJECT_TO_CHANGES: (
        "The text has to change first. Then the chair, or the named person, confirms the changes. "
        "No second meeting is needed."
    ),
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

    route = forms.RadioField(
        label="Whose decision it is", error_messages={"required": "Choose whose decision it is"}
    )
    decision = forms.RadioField(
        label="Decision",
        choices=[(each.value, each.label) for each in HINTS],
        widget=forms.Radios(hints=HINTS),
        error_messages={"required": "Choose what was decided"},
    )
    changes_asked = forms.TextField(
        label="The changes asked for",
        help_text="Only when it is approved subject to changes. Word for word, if you have it: who "
        "confirms the changes compares them with this.",
        rows=4,
        max_length=1_000,
        required=False,
    )
    delegated_to = PersonField(
        label="Who finalises it or confirms the changes",
        help_text="Only when the decision names a person. Of “Approved subject to changes” the "
        "chair confirms the changes unless you choose somebody.",
        required=False,
        nothing="Nobody",
    )
    decided_on = forms.DateField(label="Date of the decision", help_text="For example, 3 9 2014")
    before_text = forms.CheckboxField(label="Yes, the date is right", required=False)
    decided_by = forms.LineField(
        label="Name of who decided, or chaired",
        help_text="The table of approvals in the PDF prints it.",
        max_length=120,
        required=False,
    )
    decided_as = forms.LineField(label="Their title", max_length=120, required=False)
    minute_reference = forms.LineField(
        label="Minute reference", max_length=120, size=20, required=False
    )
    note = forms.TextField(
        label="Note",
        help_text="What else the parties should know.",
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
        waiting = next((part for part in standing.each if not part.is_given), standing)
        initial = {"edit_no": standing.edit_no, "route": waiting.route.key}
        super().__init__(*args, initial=initial)
        self.version, route = version, standing.route
        self._offer_routes(standing)
        if not self.is_bound:
            del self.fields["before_text"]
        self.fields["delegated_to"].offer(People(people))  # type: ignore[attr-defined]
        if not standing.parts:
            self.fields["decision"].label = f"What the {route.name} decided"
        if all(part.route.route == "post" for part in standing.each):
            reference = self.fields["minute_reference"]
            reference.label, reference.help_text = "Reference", "For example, of the letter."

    def _offer_routes(self, standing: ApprovalStanding) -> None:
        """Whose decisions the party needs; nothing to choose where it is one alone."""
        if not standing.parts:
            del self.fields["route"]
            return
        offered: Any = self.fields["route"]
        offered.choices = [
            (part.route.key, f"{part.route.name}: {in_sentence(part.so_far)}")
            for part in standing.parts
        ]

    def clean(self) -> dict[str, Any]:
        """What does not go with the decision was entered by mistake: say so, drop nothing.

        A date before the text had its number is asked about.
        """
        ask_about_date(self, self.version, "decided_on")
        said = self.cleaned_data
        decision, person = said.get("decision"), said.get("delegated_to")
        if person and decision and decision not in CARRIES:
            self.add_error(
                "delegated_to",
                "Choose “Nobody”, or change the decision to “Approved, and a named person may "
                "finalise it” or “Approved subject to changes”",
            )
        if said.get("changes_asked") and decision and decision != SUBJECT_TO_CHANGES:
            self.add_error(
                "changes_asked",
                "Empty this box, or change the decision to “Approved subject to changes”",
            )
        if decision == SUBJECT_TO_CHANGES and not said.get("changes_asked"):
            self.add_error("changes_asked", SAY_WHICH)
        return said


def ask_about_date(form: forms.Form, version: Version, field: str) -> None:
    """A day before the text had its number needs the tick in `before_text`."""
    on, frozen_at = form.cleaned_data.get(field), version.frozen_at
    if on is None or frozen_at is None or on >= london_day(frozen_at):
        del form.fields["before_text"]
    elif not form.cleaned_data.get("before_text"):
        form.add_error("before_text", is_that_right(version, on))


class ChangesForm(forms.Form):
    """Whether only the changes that were asked for were made."""

    answer = forms.RadioField(
        label="Were only the changes asked for made?",
        choices=[("yes", "Yes, these and no others"), ("no", "No")],
        error_messages={"required": "Say whether only the changes asked for were made"},
    )
    because = forms.TextField(
        label="What is different",
        help_text="If you answer no. All parties read this, and this version then needs a decision "
        "of its own.",
        rows=3,
        max_length=300,
        required=False,
    )
    mark_optional = False

    @property
    def agrees(self) -> bool:
        return bool(self.cleaned_data["answer"] == "yes")

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("answer") == "no" and not said.get("because") and "because" not in self.errors:
            self.add_error("because", SAY_DIFFERENT)
        return said


class RecordedChangesForm(ChangesForm):
    """The same as somebody said it who has no account here."""

    confirmed_by = forms.LineField(
        label="Who compared the versions", max_length=120, help_text="For example, the chair."
    )
    confirmed_on = forms.DateField(label="Date of their answer", help_text="For example, 3 9 2014")
    before_text = forms.CheckboxField(label="Yes, the date is right", required=False)
    evidence = forms.LineField(
        label="How you know",
        help_text="For example, their e-mail of 3 September 2014.",
        max_length=180,
    )
    field_order = ("answer", "because", "confirmed_by")

    def __init__(self, *args: Any, version: Version, rests_on: Approval) -> None:
        super().__init__(*args)
        self.version = version
        self.fields["answer"].label = f"What did {rests_on.confirmer} say: were only these made?"
        if not self.is_bound:
            del self.fields["before_text"]
        if rests_on.delegated_to:
            del self.fields["confirmed_by"]

    def clean(self) -> dict[str, Any]:
        ask_about_date(self, self.version, "confirmed_on")
        return super().clean()

    @property
    def note(self) -> str:
        """What is different, and how it is known."""
        said = self.cleaned_data
        return " ".join(filter(None, [said["because"], said["evidence"]]))
