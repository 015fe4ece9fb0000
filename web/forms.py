"""Forms that pages of every room use."""

from __future__ import annotations

from typing import Any

from nhsuk import forms


class ReasonForm(forms.Form):
    """Why somebody does something that others want to understand."""

    def __init__(self, *args: Any, label: str, hint: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["because"] = forms.TextField(
            label=label, help_text=hint, rows=4, max_length=500
        )


class NoForm(forms.Form):
    """A page that only asks whether to go on."""
