from __future__ import annotations

from typing import Any

from nhsuk import forms

STATES = [("", "Open"), ("closed", "Closed"), ("all", "All")]


class ListFilter(forms.FilterForm):
    """What narrows the list of disagreements."""

    state = forms.SelectField(label="State", choices=STATES)
    text = forms.LineField(label="Subject, party or reference", max_length=100)

    @property
    def wanted(self) -> dict[str, Any]:
        """What was asked for; what cannot be understood narrows nothing."""
        self.is_valid()
        return self.cleaned_data if self.is_bound else {}
