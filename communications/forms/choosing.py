"""How forms ask for agreements, and for the parties of those between more than two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from agreements.models import Agreement
from communications.queries.touched import ALL, PartiesOfMany
from nhsuk import forms
from nhsuk.offers import Choices


class WithAgreements(forms.Form):
    """A form on which agreements are chosen: from a list, and by reference those not in it."""

    agreements = forms.ChecklistField(
        label="Which agreements it touches",
        help_text="Choose all whose other party it has implications for.",
        error_messages={"required": "Choose at least one agreement"},
    )

    more = forms.LineField(
        label="Other agreements (optional)",
        help_text="Those that are not in this list, by their references: MOU-0061, MOU-0075",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        agreements: Choices,
        is_cut: bool,
        seen: QuerySet[Agreement],
        **options: Any,
    ) -> None:
        """`seen` are the reader's agreements: those not listed may be named."""
        super().__init__(*args, **options)
        self.seen = seen
        field: Any = self.fields["agreements"]
        field.choices = agreements
        if is_cut:
            field.required = False
        else:
            del self.fields["more"]

    def clean_agreements(self) -> list[Agreement]:
        return list(self.seen.filter(pk__in=self.cleaned_data["agreements"]))

    def clean_more(self) -> list[Agreement]:
        named = {each.strip().upper() for each in self.cleaned_data["more"].split(",")} - {""}
        found = list(self.seen.filter(reference__in=named))
        if missing := sorted(named - {each.reference for each in found}):
            raise ValidationError(f"There is no agreement {missing[0]}")
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if more := cleaned.pop("more", None):
            cleaned["agreements"] = [*cleaned.get("agreements", ()), *more]
        return cleaned


class WithParties(WithAgreements):
    """The same, and which parties of those between more than two."""

    about = forms.PickSeveralField(
        label="Which parties it is about",
        help_text="Of agreements between more than two parties. They are told that it is about "
        "them. The lead times of the terms are owed to all.",
        required=False,
    )

    def __init__(self, *args: Any, others: PartiesOfMany, **options: Any) -> None:
        """`others` are the parties of the agreements between more than two."""
        super().__init__(*args, **options)
        self.many = set(others.many)
        if self.many:
            self.fields["about"].offer(others)  # type: ignore[attr-defined]
        else:
            del self.fields["about"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "about" in cleaned:
            cleaned["about"] = self._named(cleaned["about"], cleaned.get("agreements", ()))
        return cleaned

    def _named(self, said: list[str], chosen: Sequence[Agreement]) -> list[int] | None:
        """None for all; nothing is asked where each chosen agreement is between two."""
        if ALL in said or self.many.isdisjoint(each.pk for each in chosen):
            return None
        if not said:
            self.add_error("about", "Choose which parties it is about")
        return [int(each) for each in said]
