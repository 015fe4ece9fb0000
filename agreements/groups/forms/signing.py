"""The form with which a signatory signs what they tick of a group."""

from __future__ import annotations

from typing import Any

from agreements.groups.services.signing import NOTHING
from agreements.signing.forms import STALE, SignForm
from nhsuk import forms
from nhsuk.offers import Choices


class TickedField(forms.ChecklistField):
    """Each tick says which signature, and the hash of the text that the page showed.

    What is no choice any more is no fault of whoever ticked it: each is checked when it is signed,
    and the others go on.
    """

    def valid_value(self, value: str) -> bool:
        pk, _, sha256 = value.partition(":")
        return pk.isascii() and pk.isdigit() and len(pk) < 16 and len(sha256) == 64

    def clean(self, value: Any) -> dict[int, str]:
        ticked = super().clean(value)
        return {int(pk): sha256 for pk, _, sha256 in (each.partition(":") for each in ticked)}


class SignTickedForm(SignForm):
    """One name, one statement and one password for all that are ticked."""

    field_order = ("ticked", "typed_name", "agree", "password")

    ticked = TickedField(
        label="Agreements",
        error_messages={"required": NOTHING, "invalid_choice": STALE},
    )

    def __init__(
        self, data: Any, *, choices: Choices, hints: dict[str, str], **options: Any
    ) -> None:
        super().__init__(data, **options)
        del self.fields["sha256"]
        field: Any = self.fields["ticked"]
        field.widget = forms.Checkboxes(hints=hints)
        field.choices = choices
        name = self.fields["typed_name"]
        name.help_text = "Your own name, with your surname, as it is to stand under each text."
