from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agreements.models import Agreement
from nhsuk import forms

SORTS = [("", "Next date"), ("title", "Title")]


class ListFilter(forms.FilterForm):
    """What narrows the list of agreements, and its order."""

    text = forms.LineField(label="Title or party", max_length=100)
    state = forms.SelectField(label="State", choices=[("", "Any"), *Agreement.State.choices])
    party = forms.SelectField(label="Other party")
    sort = forms.SelectField(label="Sort by", choices=SORTS)
    attention = forms.CheckboxField(label="Only those that need attention")

    def __init__(self, data: Any, *, others: Mapping[int, str]) -> None:
        super().__init__(data)
        if others:
            choices = [("", "Any"), *((str(pk), name) for pk, name in others.items())]
            self.fields["party"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["party"]

    @property
    def wanted(self) -> dict[str, Any]:
        """What was asked for; what cannot be understood narrows nothing."""
        self.is_valid()
        return self.cleaned_data if self.is_bound else {}


class StopForm(forms.Form):
    because = forms.TextField(
        label="Why work on it stops",
        help_text="The other party reads this.",
        rows=3,
        max_length=300,
        error_messages={"required": "Say why work on it stops"},
    )
