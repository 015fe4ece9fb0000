"""Forms for asking for a signature, signing, saying why not, and signing on paper."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.db.models import QuerySet

from agreements.contacts.services.newcomers import Newcomer
from agreements.signing.own_copies import FromElsewhereForm
from nhsuk import forms
from nhsuk.offers import Choices
from parties.models import Person
from parties.offers import People, PersonField

STALE = "This page does not say which text it shows. Load it again. Nothing was signed."


class AskForm(forms.Form):
    """Who is asked for which of one's own party's signatures."""

    slot = forms.RadioField(label="Which signature")
    person = PersonField(
        label="Who signs",
        widget=forms.Radios(),
        nothing="",
        error_messages={"required": "Choose who signs"},
    )
    because = forms.TextField(
        label="Why before the approval",
        help_text="The parties read this. The signed copy prints “approval to be ratified”.",
        rows=3,
        max_length=500,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        slots: list[tuple[str, str]],
        people: QuerySet[Person],
        approved: bool,
    ) -> None:
        only = slots[0][0] if len(slots) == 1 else None
        first = people[:2]
        one = first[0] if len(first) == 1 else None
        super().__init__(*args, initial={"slot": only, "person": one})
        slot = self.fields["slot"]
        assert isinstance(slot, django_forms.ChoiceField)  # noqa: S101 - for the type checker
        if only:
            slot.widget = django_forms.HiddenInput()
        slot.choices = slots
        self.fields["person"].offer(People(people))  # type: ignore[attr-defined]
        if approved:
            del self.fields["because"]


class SignForm(forms.Form):
    """The name, the statement, and the hash of the text that the page shows."""

    mark_optional = False

    sha256 = django_forms.CharField(
        widget=django_forms.HiddenInput,
        max_length=64,
        error_messages={"required": STALE, "max_length": STALE},
    )
    typed_name = forms.LineField(
        label="Your name",
        help_text="Your own name, with your surname, as it is to stand under the text.",
        max_length=120,
        size=30,
        autocomplete="name",
        error_messages={"required": "Type your name"},
    )
    agree = forms.CheckboxField(label="")
    password = forms.PasswordField(
        label="Your password",
        help_text="Enter it again, so that nobody else signs at your computer.",
        error_messages={"required": "Enter your password"},
    )

    def __init__(
        self, *args: Any, statement: str, ask_password: bool, initial: dict[str, Any]
    ) -> None:
        super().__init__(*args, initial=initial)
        agree = self.fields["agree"]
        agree.label = statement
        agree.error_messages["required"] = "Tick the box if you are authorised to sign and agree"
        if not ask_password:
            del self.fields["password"]


class AskByLinkForm(forms.Form):
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
        self, *args: Any, slots: list[tuple[str, str]], addresses: Choices, approved: bool
    ) -> None:
        only = slots[0][0] if len(slots) == 1 else None
        one = addresses[0][0] if len(addresses) == 1 else None
        super().__init__(*args, initial={"slot": only, "address": one})
        slot: Any = self.fields["slot"]
        if only:
            slot.widget = django_forms.HiddenInput()
        slot.choices = slots
        self.fields["address"].offer(addresses)  # type: ignore[attr-defined]
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


class PaperForm(FromElsewhereForm):
    """A scan of a signature on paper, with the facts that stand on it."""

    pdf_field = "scan"
    field_order = ("scan", "is_whole")

    scan = forms.UploadField(
        label="Scan of the signed version",
        help_text="A PDF of all its pages, up to 20 MB.",
        accept=".pdf,application/pdf",
    )
    signed_by = forms.LineField(
        label="Name, as signed", max_length=120, size=30, help_text="As it stands on the paper."
    )
    signed_on = forms.DateField(
        label="Date beside the signature", help_text="For example, 3 9 2014"
    )


class PaperCheckForm(forms.Form):
    """Whether the scan is right, by somebody who did not record it."""

    answer = forms.RadioField(
        label="Is this the signature, under this version, with this name and date?",
        choices=[
            ("right", "Yes, it is right. The signature counts."),
            ("wrong", "No, something is not right"),
        ],
        error_messages={"required": "Say whether the scan is right"},
    )
    because = forms.TextField(label="What is not right", rows=3, max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        wrong = self.cleaned_data.get("answer") == "wrong"
        if wrong and not self.cleaned_data.get("because") and "because" not in self.errors:
            self.add_error("because", "Say what is not right")
        return self.cleaned_data


class CheckFileForm(forms.Form):
    """Any file at all, to be checked."""

    file = forms.UploadField(
        label="The file",
        help_text="The PDF that you were given. It is looked at and not kept.",
        error_messages={"required": "Choose a file"},
    )
