from __future__ import annotations

from datetime import date
from typing import Any

from django import forms as django_forms

from agreements.models import Review
from agreements.reviews.services import Outcome
from nhsuk import forms

STALE = "This page does not say which review it is about. Load it again. Nothing was recorded."
HINTS = {
    Review.Outcome.CONTINUE: "The text stays as it is.",
    Review.Outcome.VARY: "The present text holds until all have signed another.",
    Review.Outcome.END: "This ends nothing yet: it is recorded as what you intend.",
}


class ReviewForm(forms.Form):
    """What came of a review. It carries which review it is, so that nobody records two."""

    number = django_forms.IntegerField(
        widget=django_forms.HiddenInput,
        min_value=1,
        max_value=1_000,
        error_messages={"required": STALE, "invalid": STALE},
    )
    held_on = forms.DateField(
        label="When was the review held?",
        help_text="For example, 3 9 2014",
        error_messages={"required": "Enter the day of the review"},
    )
    outcome = forms.RadioField(
        label="What did the parties decide about the MoU?",
        choices=Review.Outcome.choices,
        widget=forms.Radios(hints=HINTS),
        error_messages={"required": "Choose what the parties decided"},
    )
    note = forms.TextField(
        label="What was said",
        help_text="In short. The parties read it.",
        rows=4,
        max_length=1_000,
        required=False,
    )
    next_on = forms.DateField(
        label="Next date of review",
        help_text="As long as the MoU is in force it has a next date.",
        error_messages={"required": "Enter the next date of review"},
    )

    def __init__(
        self, data: Any, *, number: int, next_on: date | None, in_terms: bool, **initial: Any
    ) -> None:
        """`in_terms`: whether the text asks for reviews. Otherwise there may be no next one."""
        super().__init__(data, initial={"number": number, "next_on": next_on, **initial})
        if not in_terms:
            self.fields["next_on"].required = False
            self.fields["next_on"].help_text = "Leave it empty if you set no date."

    @property
    def said(self) -> Outcome:
        named = ("held_on", "outcome", "next_on", "note")
        return Outcome(**{name: self.cleaned_data[name] for name in named})


class CorrectionForm(ReviewForm):
    """The same with what was wrong in the record that it puts right."""

    because = forms.TextField(
        label="What was wrong with the record", rows=2, max_length=500,
        help_text="The parties read it. What it said before stays readable.",
    )  # fmt: skip
