"""What somebody says of a succession."""

from __future__ import annotations

from typing import Any

from agreements.core.confirming import ConfirmationForm
from agreements.models import SuccessionMove
from agreements.succession.queries import whose_place
from nhsuk import forms
from nhsuk.offers import Choices
from parties.models import Organisation
from parties.offers import OrganisationField

FULL, PART = "full", "part"


class SuccessionForm(forms.Form):
    """A system administrator says also which organisation is the successor."""

    new = OrganisationField(
        label="Which organisation takes the place?",
        error_messages={"required": "Choose the successor"},
    )
    old = OrganisationField(
        label="Whose place does it take?",
        error_messages={"required": "Choose whose place it takes"},
    )
    on = forms.DateField(
        label="From which day",
        help_text="Its first day in that place, today, to come or past. For example, 1 4 2014",
        error_messages={"required": "Enter the day from which it holds"},
    )
    instrument = forms.LineField(
        label="By which instrument", max_length=200,
        help_text="For example, the order or the transfer scheme, with its year and number.",
        error_messages={"required": "Say by which instrument"},
    )  # fmt: skip
    extent = forms.RadioField(
        label="Does it take over everything?",
        choices=[
            (FULL, "In full: the other organisation closes on the day before"),
            (PART, "In part: some agreements, and the other organisation goes on"),
        ],
        error_messages={"required": "Say whether it takes over everything"},
    )

    def __init__(self, *args: Any, own: Organisation | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["old"].offer(whose_place(own))  # type: ignore[attr-defined]
        if own:
            del self.fields["new"]
        else:
            self.fields["new"].offer(whose_place(None))  # type: ignore[attr-defined]


class AgreeForm(forms.Form):
    """In part: which agreements go over."""

    agreements = forms.ChecklistField(
        label="Which agreements go over?",
        error_messages={"required": "Choose the agreements that go over"},
    )

    def __init__(self, *args: Any, held: Choices, full: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if full:
            del self.fields["agreements"]
        else:
            self.fields["agreements"].choices = held  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data.get("agreements", ())]


class ChooseForm(forms.Form):
    choice = forms.RadioField(
        label="What do you mean to do with it?",
        help_text="It goes on as it is until the parties have agreed to something else.",
        choices=SuccessionMove.Choice.choices,
        error_messages={"required": "Say what becomes of it"},
    )


class AnswerForm(ConfirmationForm):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, what="this succession", yes="it is so", **more)
