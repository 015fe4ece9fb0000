"""The forms in which an organisation is brought in, or whoever looks after it first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from house.refusals import Refused
from nhsuk import forms
from nhsuk.words import capital
from parties.forms.mailboxes import MailboxForm
from parties.forms.people import roles_field
from parties.models import Organisation, Role
from parties.presenters import called_apart
from parties.services.alike import AlikeFound, alike
from parties.services.bringing_in import ANOTHER
from parties.services.organisations import FORM, ods_code_of


class FirstPersonForm(MailboxForm):
    """Whoever looks after an organisation first."""

    person = forms.LineField(label="Name of the first person", max_length=120)
    email = forms.EmailField(
        label="Their e-mail address", help_text="The invitation goes there, at once."
    )
    title = forms.LineField(
        label="Their post", max_length=120, help_text="For example, Head of commissioning."
    )
    roles = roles_field(
        help_text="They get these roles when they accept, and invite everybody else.",
        initial=[Role.MANAGER, Role.ADMINISTRATOR],
        error_messages={"required": "Somebody must look after its people: keep that role"},
    )


class BringInForm(FirstPersonForm):
    """An organisation and whoever looks after it first. It asks where one like it is here."""

    name = forms.LineField(label="Name of the organisation", max_length=200)
    kind = forms.SelectField(
        label="Kind of organisation", choices=[("", "Choose one"), *Organisation.Kind.choices]
    )
    # Not "ods_code": what is called a code is not kept over a log-in.
    ods = forms.LineField(
        label="ODS code", max_length=10, required=False, help_text=f"{FORM} Empty if it has none."
    )
    area = forms.LineField(
        label="Area", max_length=120, required=False, help_text="For example, Northern Dales."
    )
    address = forms.TextField(label="Address", max_length=500, rows=4, required=False)

    order = ("name", "which", "kind", "ods", "area", "address")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.add_prefix("which") in self.data:
            self._ask_which(alike(self.data.get("name", ""), self.data.get("ods", "").upper()))
        self.order_fields(self.order)

    def clean_ods(self) -> str:
        try:
            return ods_code_of(self.cleaned_data["ods"])
        except Refused as refusal:
            raise ValidationError(capital(refusal.sentence)) from None

    def add_refusal(self, refusal: Refused) -> None:
        if isinstance(refusal, AlikeFound):
            self._ask_which(refusal.found)
            self.order_fields(self.order)
        super().add_refusal(refusal)

    def _ask_which(self, found: Sequence[Organisation]) -> None:
        here = [(str(each.pk), called_apart(each)) for each in found]
        self.fields["which"] = forms.RadioField(
            label="Do you mean one of these?",
            help_text="One that is here stays as it is: the person is invited to look after it.",
            choices=[*here, (ANOTHER, "No, it is another organisation")],
            error_messages={"required": "Say whether you mean one of these"},
        )
