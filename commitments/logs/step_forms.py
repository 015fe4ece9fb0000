"""Forms of what is done with an entry, and what narrows a log."""

from __future__ import annotations

from typing import Any

from commitments.logs.shared_forms import AsksAboutPeople, WithReference
from commitments.models import LogEntry
from house import clock
from nhsuk import forms
from nhsuk.offers import Choices, Offer

Kind = LogEntry.Kind


class ReferenceForm(WithReference):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reference"].required = True


class ReviewForm(AsksAboutPeople):
    """That a risk was looked at again."""

    field_order = ("reviewed_on", "found", "next_on", "as_it_is")

    reviewed_on = forms.DateField(label="Day of the review", initial=clock.today)
    found = forms.TextField(
        label="What you found", help_text="The parties read this. It cannot be changed afterwards.",
        rows=3, max_length=500, required=False,
    )  # fmt: skip
    next_on = forms.DateField(
        label="Next date of review", help_text="Leave it empty if none is planned.", required=False
    )


class PassOnForm(forms.Form):
    agreements = forms.PickSeveralField(
        label="To which MoUs",
        help_text="Their parties read this entry, and nothing else of this MoU.",
        error_messages={"required": "Choose at least one MoU"},
    )  # fmt: skip

    def __init__(self, *args: Any, offer: Offer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agreements"].offer(offer)  # type: ignore[attr-defined]


class LogFilter(forms.FilterForm):
    """What narrows the log of an agreement."""

    kind = forms.SelectField(label="Log", choices=[("", "All"), *Kind.choices])
    document = forms.SelectField(label="Document")
    state = forms.SelectField(
        label="State",
        choices=[("", "Without errors"), ("open", "Open"), ("closed", "Closed risks"),
                 ("all", "With what was entered in error")],
    )  # fmt: skip
    text = forms.LineField(label="Words", max_length=100)

    def __init__(self, data: Any, documents: Choices) -> None:
        super().__init__(data)
        box: Any = self.fields["document"]
        box.choices = [("", "Any"), *documents]
        if not documents:
            del self.fields["document"]
