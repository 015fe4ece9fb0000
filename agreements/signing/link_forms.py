"""Forms for asking somebody to sign by a link, and those that a link shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms as django_forms

from agreements.contacts.services.newcomers import Newcomer
from agreements.signing.forms import SignForm
from agreements.signing.wanted_forms import WantedForm, WithdrawForm
from agreements.terms import Signatory
from nhsuk import forms
from nhsuk.offers import Choices


class AskByLinkForm(WantedForm):
    """Who without an account is asked for which signature, at a checked address."""

    slot = forms.RadioField(label="Which signature")
    address = forms.PickField(
        label="Who signs", nothing="", error_messages={"required": "Choose who signs"}
    )
    because = forms.TextField(
        label="Why before the approval",
        help_text="The parties read this. The signed copy prints “approval to be ratified”.",
        rows=3,
        max_length=500,
        required=False,
    )

    def __init__(
        self, *args: Any, slots: list[tuple[str, str]], signatories: Sequence[Signatory],
        addresses: Choices, approved: bool,
    ) -> None:  # fmt: skip
        only = slots[0][0] if len(slots) == 1 else None
        one = addresses[0][0] if len(addresses) == 1 else None
        super().__init__(*args, initial={"slot": only, "address": one})
        slot: Any = self.fields["slot"]
        if only:
            slot.widget = django_forms.HiddenInput()
        slot.choices = slots
        self.fields["address"].offer(addresses)  # type: ignore[attr-defined]
        self.offer_turns(signatories)
        if approved:
            del self.fields["because"]


class LinkChangeForm(forms.Form):
    """What becomes of a link that was sent."""

    what = forms.RadioField(
        label="What do you want to do?",
        choices=[
            ("again", "Send the e-mail again, with the same link"),
            ("back", "Take the link back: it then no longer works"),
        ],
        error_messages={"required": "Choose what you want to do"},
    )


class SignByLinkForm(SignForm):
    """The same with the code that was sent to the address, in place of a password."""

    field_order = ("sha256", "typed_name", "agree", "code")

    code = forms.LineField(
        label="The code that we sent you",
        help_text="Six digits, from the e-mail. It works for ten minutes.",
        max_length=12,
        size=10,
        autocomplete="one-time-code",
        error_messages={"required": "Enter the code from the e-mail, or ask for one"},
    )

    def __init__(self, *args: Any, statement: str, initial: dict[str, Any]) -> None:
        super().__init__(*args, statement=statement, ask_password=False, initial=initial)


class WithdrawByLinkForm(WithdrawForm):
    """The same by a link, with a new code in place of a password."""

    code = SignByLinkForm.base_fields["code"]

    def __init__(self, *args: Any) -> None:
        super().__init__(*args, ask_password=False, initial={})


class AnswerByLinkForm(forms.Form):
    """What somebody says who does not sign now."""

    mark_optional = False

    answer = forms.RadioField(
        label="What do you want to say?",
        choices=[
            ("question", "I have a question about the text"),
            ("not_ready", "I am not ready to sign yet"),
            ("decline", "We will not sign this"),
        ],
        error_messages={"required": "Choose what you want to say"},
    )
    because = forms.TextField(
        label="Your question, or why",
        help_text="The parties read this.",
        rows=4,
        max_length=500,
        error_messages={"required": "Write your question, or why"},
    )


class ContactByLinkForm(forms.Form):
    """Who holds one contact role of the party that is asked to sign: often the one who signs."""

    mark_optional = False

    role = forms.RadioField(
        label="Which contact", error_messages={"required": "Choose which contact you name"}
    )
    name = forms.LineField(
        label="Their name", help_text="You are filled in. Change it if it is somebody else.",
        max_length=120, size=30, autocomplete="off",
    )  # fmt: skip
    email = forms.EmailField(label="Their e-mail address", autocomplete="off")
    job_title = forms.LineField(
        label="Their job title", max_length=120, required=False, autocomplete="off"
    )

    def __init__(self, *args: Any, roles: Choices, signatory: dict[str, str]) -> None:
        only = roles[0][0] if len(roles) == 1 else None
        super().__init__(*args, initial={"role": only} | signatory)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]

    @property
    def newcomer(self) -> Newcomer:
        said = self.cleaned_data
        return Newcomer(said["name"], said["email"], said["job_title"], shares=True)
