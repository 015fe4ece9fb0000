"""What forms of logs share: questions about names, references, the agreements that are offered."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms as django_forms

from agreements.associated.bringing import WRONG_ADDRESS, is_address
from agreements.core.choices import with_other_parties
from agreements.models import Agreement
from commitments.logs.services.references import Reference
from nhsuk import forms
from nhsuk.offers import FEW, Choices
from parties.acting import Acting
from parties.typed_names import names_typed, numbers_typed, quoted


class OtherAgreements:
    """One's own that are in force, as a form offers them: a list while they are few, else typed by
    their references (record 0040)."""

    how = "Type their references, for example MOU-0061."

    def __init__(self, rows: Any, acting: Acting) -> None:
        self.rows, self.acting = rows, acting

    def few(self) -> Choices | None:
        found = list(self.rows[: FEW + 1])
        return None if len(found) > FEW else self._named(found)

    def among(self, values: Collection[str]) -> Choices:
        return self._named(self.rows.filter(reference__in=values))

    def meant(self, typed: str, most: int) -> Choices:
        return self._named(self.rows.filter(reference=typed.strip().upper())[:most])

    def chosen(self, references: Collection[str]) -> list[Agreement]:
        """Those that were chosen; what is none of them any more is left out."""
        return list(self.rows.filter(reference__in=references))

    def _named(self, rows: Any) -> Choices:
        return with_other_parties(rows, self.acting, value="reference")


class AsksAboutPeople(forms.AsksFirst):
    """Asks once about what looks like somebody's name or an NHS number, in all that was typed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["as_it_is"].label = "Record it as it is"
        if not self.is_bound:
            self.ask_about([])

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        typed = "\n".join(str(said.get(name) or "") for name in self._typed)
        self.ask_about(_odd_in(typed))
        said.pop("as_it_is", None)
        return said

    @property
    def _typed(self) -> list[str]:
        lines = forms.TextField | forms.LineField
        return [name for name, field in self.fields.items() if isinstance(field, lines)]


def _odd_in(typed: str) -> list[str]:
    names, numbers = names_typed(typed), numbers_typed(typed)
    odd = []
    if names:
        verb = "looks" if len(names) == 1 else "look"
        odd.append(f"{quoted(names)} {verb} like somebody's name. A log seldom needs one.")
    if numbers:
        odd.append(f"{quoted(numbers)} can be an NHS number. No log holds one.")
    return odd


class WithReference(forms.Form):
    """Where one's own register has the risk."""

    reference = forms.LineField(
        label="Its reference in your own register", max_length=100, required=False,
        help_text="The other parties read it, and keep their own.",
    )  # fmt: skip
    link = forms.LineField(
        label="Its address on the web", help_text="It begins with https://.", max_length=500,
        required=False, autocomplete="off",
    )  # fmt: skip

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not is_address(link):
            raise django_forms.ValidationError(WRONG_ADDRESS)
        return link

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("link") and "reference" in said and not said["reference"]:
            self.add_error("reference", "Enter the reference that is found at this address")
        return said

    def own_reference(self) -> Reference | None:
        said = self.cleaned_data
        reference = said.get("reference")
        return Reference(reference, said.get("link", "")) if reference else None
