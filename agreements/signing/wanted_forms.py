"""Forms for what is wanted of a signature besides, for changing it, and for withdrawing one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agreements.signing.wanted import Wanted
from agreements.terms import Signatory
from nhsuk import forms


class DayForm(forms.Form):
    """By when somebody signs, and what they read beside the text."""

    sign_by = forms.DateField(
        label="Sign by",
        help_text="A working day. Reminders go before it and after it. For example, 3 9 2014",
        required=False,
    )
    message = forms.TextField(
        label="Message to who signs",
        help_text="The page to sign shows it. E-mails do not.",
        rows=3,
        max_length=500,
        required=False,
    )


class WantedForm(DayForm):
    """What else whoever asks for a signature wants of it, below what they choose."""

    field_order = ("slot", "person", "address", "because")

    after_slot = forms.RadioField(label="When to ask", required=False)
    in_place_of = forms.LineField(
        label="Signs in the place of",
        help_text="Only for a deputy or delegate: the name of the person in whose place they sign.",
        max_length=120,
        size=30,
        required=False,
    )
    authority = forms.LineField(
        label="By what authority",
        help_text="Only for a deputy or delegate: for example, “Scheme of delegation, section 4”. "
        "The signed copy prints both names and this.",
        max_length=200,
        required=False,
    )

    def offer_turns(self, signatories: Sequence[Signatory]) -> None:
        """Where one party has several: side by side, or one after another."""
        if len(signatories) < 2:
            del self.fields["after_slot"]
            return
        later = [(each.key, f"When the {each.label} has signed") for each in signatories]
        turns: Any = self.fields["after_slot"]
        turns.choices = [("", "Now"), *later]

    @property
    def wanted(self) -> Wanted:
        said = self.cleaned_data
        words = ("message", "after_slot", "in_place_of", "authority")
        return Wanted(said["sign_by"], **{each: said.get(each, "") for each in words})


class AskedForm(DayForm):
    """What may be changed of what somebody is asked: the day, the message, the turn."""

    at_once = forms.CheckboxField(
        label="Ask now, without waiting for the other signature", required=False
    )

    def __init__(self, *args: Any, waits: bool, initial: dict[str, Any]) -> None:
        super().__init__(*args, initial=initial)
        if not waits:
            del self.fields["at_once"]


class WithdrawForm(forms.Form):
    """Why somebody withdraws their own signature, shown again to be them."""

    mark_optional = False

    because = forms.TextField(
        label="Why you withdraw your signature",
        help_text="The parties read this.",
        rows=4,
        max_length=500,
        error_messages={"required": "Say why you withdraw your signature"},
    )
    password = forms.PasswordField(
        label="Your password",
        help_text="Enter it again, so that nobody else does this at your computer.",
        error_messages={"required": "Enter your password"},
    )

    def __init__(self, *args: Any, ask_password: bool, initial: dict[str, Any]) -> None:
        super().__init__(*args, initial=initial)
        if not ask_password:
            del self.fields["password"]
