"""Forms for asking for a signature, signing, saying why not, and signing on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms as django_forms
from django.db.models import QuerySet

from agreements.signing.own_copies import FromElsewhereForm
from agreements.signing.wanted_forms import WantedForm
from agreements.terms import Signatory
from nhsuk import forms
from parties.models import Person
from parties.offers import People, PersonField

STALE = "This page does not say which text it shows. Load it again. Nothing was signed."


class AskForm(WantedForm):
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
        signatories: Sequence[Signatory],
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
        self.offer_turns(signatories)
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
    in_place_of = forms.LineField(
        label="Signed in the place of",
        help_text="Only where the paper says so: the person in whose place they signed.",
        max_length=120,
        size=30,
        required=False,
    )
    authority = forms.LineField(
        label="By what authority",
        help_text="As it stands on the paper.",
        max_length=200,
        required=False,
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
