"""What was looked at by hand, when, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nhsuk import forms


class ByHandForm(forms.Form):
    clauses = forms.ChecklistField(
        label="Which clauses did you review?",
        error_messages={"required": "Choose the clauses that you reviewed"},
    )
    reviewed_on = forms.DateField(
        label="When did you review them?",
        help_text="For example, 3 5 2026",
        error_messages={"required": "Enter the day on which you reviewed them"},
    )
    found = forms.TextField(
        label="What you found",
        help_text="In short, for all of these clauses. The parties read it.",
        rows=4,
        max_length=1_000,
        error_messages={"required": "Enter what you found"},
    )

    def __init__(self, *args: Any, clauses: Mapping[str, str], **options: Any) -> None:
        """`clauses` are those that may be chosen: key -> number and heading."""
        super().__init__(*args, **options)
        field: Any = self.fields["clauses"]
        field.choices = list(clauses.items())
        field.widget.small = True
