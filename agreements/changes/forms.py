"""What somebody says when they open a change: one form for each kind."""

from __future__ import annotations

from datetime import date
from typing import Any

from agreements.changes.rules import needs
from agreements.core.confirming import ConfirmationForm
from agreements.models import Change
from nhsuk import forms

FOR_EXAMPLE = "For example, 31 3 2016"
READ = "The parties read this."


def _because(label: str, *, required: bool = True, hint: str = READ) -> forms.TextField:
    return forms.TextField(label=label, help_text=hint, rows=4, max_length=1_000, required=required)


class ExtensionForm(forms.Form):
    until = forms.RadioField(
        label="Until when is it extended?",
        choices=[("day", "Until a day"), ("open", "Without an end")],
        error_messages={"required": "Choose until when it is extended"},
    )
    on = forms.DateField(
        label="Its new last day", help_text=f"{FOR_EXAMPLE}. If you chose a day.", required=False
    )
    because = _because("Why")

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("until") == "day" and not said.get("on") and "on" not in self.errors:
            self.add_error("on", "Enter the new last day")
        return said

    @property
    def new_end(self) -> date | None:
        """None where it has no end any more, whatever else was typed."""
        until_day = self.cleaned_data["until"] == "day"
        found: date | None = self.cleaned_data["on"] if until_day else None
        return found


class NotExtendingForm(forms.Form):
    given_on = forms.DateField(
        label="When was the notice given?",
        help_text="The day on which the others got it in writing. Today, if this is the notice.",
        error_messages={"required": "Enter the day on which the notice was given"},
    )
    because = _because("On what ground")
    shorter_because = forms.TextField(
        label="Why the notice is shorter than the text asks for",
        help_text="If it is. It is recorded as it is.",
        rows=2, max_length=500, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, asks_notice: bool, **options: Any) -> None:
        """`asks_notice`: whether the text says how long a notice has to be."""
        super().__init__(*args, **options)
        if not asks_notice:
            del self.fields["shorter_because"]


class WithdrawalForm(NotExtendingForm):
    on = forms.DateField(
        label="The last day on which you take part", help_text=FOR_EXAMPLE,
        error_messages={"required": "Enter the last day on which you take part"},
    )  # fmt: skip
    discussed = forms.LineField(
        label="Whom you discussed it with, and when",
        help_text="For example, the local medical committee. Leave it empty if with nobody.",
        max_length=500, required=False,
    )  # fmt: skip
    field_order = ("given_on", "on", "because", "discussed", "shorter_because")


class EndingForm(forms.Form):
    on = forms.DateField(
        label="Its last day", help_text=FOR_EXAMPLE,
        error_messages={"required": "Enter its last day"},
    )  # fmt: skip
    because = _because("Why it ends")


class EventForm(forms.Form):
    on = forms.DateField(
        label="On which day did it happen?",
        help_text=f"{FOR_EXAMPLE}. It is the last day of the MoU.",
        error_messages={"required": "Enter the day on which it happened"},
    )  # fmt: skip
    because = _because("What happened")


class EndedForm(forms.Form):
    because = _because("Anything to add", required=False)


class StillWorkingForm(forms.Form):
    on = forms.DateField(
        label="When do we ask again?", help_text="Within a year. For example, 31 3 2016",
        error_messages={"required": "Enter the day on which we ask again"},
    )  # fmt: skip
    because = _because("Why it goes on", required=False)


class TakingBackForm(forms.Form):
    because = _because("Why you take it back")


class AnswerForm(ConfirmationForm):
    """Whether a party accepts a change; of a record whether it is right."""

    def __init__(self, *args: Any, change: Change, **more: Any) -> None:
        super().__init__(*args, what="this", **more)
        if needs(change) != "one":
            self.fields["answer"].label = "Do you accept it?"
            self.fields["answer"].choices = [  # type: ignore[attr-defined]
                ("yes", "Yes, we accept it"), ("no", "No, we do not"),
            ]  # fmt: skip
            self.fields["answer"].error_messages["required"] = "Say whether you accept it"
            self.fields["because"].label = "Why you do not accept it"
