"""What is said of a record of shared data: that it was reviewed, has ended, is right or not.

What looks like an NHS number is asked about once, in whatever was typed: a record describes data,
and holds none.
"""

from __future__ import annotations

from typing import Any, Final

from django import forms as django_forms

from agreements.core.confirming import ConfirmationForm
from agreements.models import DataSharingEntry
from house import clock
from house.nhs_numbers import nhs_numbers_in
from nhsuk import forms
from nhsuk.words import and_list

STALE: Final = "This page does not say what it was made from. Load it again. Nothing was changed."
# So many are named in one question.
MOST_ASKED: Final = 12


class AsksAboutNumbers(forms.AsksFirst):
    """Asks once about what can be an NHS number, in all that was typed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Behind all that it asks about.
        box = self.fields["as_it_is"] = self.fields.pop("as_it_is")
        box.label = "This is no patient's number"
        if not self.is_bound:
            self.ask_about([])

    def clean(self) -> dict[str, Any]:
        super().clean()
        said = self.cleaned_data
        typed = "\n".join(each for each in said.values() if isinstance(each, str))
        numbers = and_list(f"“{each}”" for each in nhs_numbers_in(typed)[:MOST_ASKED])
        odd = f"{numbers} can be an NHS number. No patient's data is stored in this record."
        self.ask_about([odd] if numbers else [])
        said.pop("as_it_is", None)
        return said


class ReviewSharingForm(AsksAboutNumbers):
    """That somebody looked, and it holds as it is."""

    edit_no = django_forms.IntegerField(
        widget=django_forms.HiddenInput, min_value=1,
        error_messages={"required": STALE, "invalid": STALE},
    )  # fmt: skip
    reviewed_on = forms.DateField(label="Reviewed on")
    note = forms.TextField(label="What was looked at", rows=3, max_length=500, required=False)
    review_on = forms.DateField(
        label="Next review", help_text="Leave it empty if none is set.", required=False
    )

    def __init__(self, *args: Any, newest: DataSharingEntry, **more: Any) -> None:
        now = {"edit_no": newest.seq, "reviewed_on": clock.today()}
        super().__init__(*args, initial=now, **more)


class EndSharingForm(AsksAboutNumbers):
    """That the data is no longer shared, or that the record was an error."""

    how = forms.RadioField(
        label="What has happened",
        choices=[("ended", "The data is no longer shared"), ("error", "The record was an error")],
        error_messages={"required": "Choose what has happened"},
    )
    ended_on = forms.DateField(
        label="Last day of sharing", help_text="If the data is no longer shared.", required=False
    )
    because = forms.TextField(
        label="Why", help_text="The parties read it. The record stays readable.", rows=3,
        max_length=500,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("how") == "error":
            said["ended_on"] = None
        elif said.get("how") and not said.get("ended_on") and "ended_on" not in self.errors:
            self.add_error("ended_on", "Enter the last day on which it was shared")
        said.pop("how", None)
        return said


class AnswerSharingForm(AsksAboutNumbers, ConfirmationForm):
    """Another party's word on a record."""
