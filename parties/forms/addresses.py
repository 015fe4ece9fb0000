"""Forms for the addresses of people without an account who are asked to sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.forms import CharField, HiddenInput

from house.keys import ids_in
from nhsuk import forms
from nhsuk.offers import Offer
from parties.models import CheckedAddress
from parties.offers import OrganisationField


class AddressForm(forms.Form):
    """Somebody who signs for an organisation, with their address."""

    organisation = OrganisationField(
        label="For which organisation they sign",
        error_messages={"required": "Choose for which organisation they sign"},
    )
    name = forms.LineField(label="Name", max_length=120, help_text="As they are called.")
    job_title = forms.LineField(label="Job title", max_length=120, required=False)
    email = forms.EmailField(
        label="E-mail address",
        help_text="Where the link and the code go. A colleague of yours looks at it first.",
    )

    def __init__(self, *args: Any, organisations: Offer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].offer(organisations)  # type: ignore[attr-defined]


class LookThroughForm(forms.Form):
    """Which of the addresses that stand on the page are not right."""

    shown = CharField(widget=HiddenInput, max_length=8_000)
    wrong = forms.ChecklistField(
        label="Which of them are not right?",
        help_text="Leave all boxes empty if all are right.",
        choices=[],
        required=False,
        widget=forms.Checkboxes(),
    )

    def __init__(self, *args: Any, addresses: Sequence[CheckedAddress], **options: Any) -> None:
        ids = ",".join(str(each.pk) for each in addresses)
        super().__init__(*args, initial={"shown": ids}, **options)
        choices = [(str(each.pk), f"{each.organisation}: {each}") for each in addresses]
        self.fields["wrong"].choices = choices  # type: ignore[attr-defined]

    def clean_shown(self) -> list[int]:
        return ids_in(self.cleaned_data["shown"].split(","))

    def clean_wrong(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["wrong"]]
