"""The form by which a party proposes to dispose of an MoU."""

from __future__ import annotations

from nhsuk import forms


class DisposalForm(forms.Form):
    because = forms.TextField(
        label="Why nothing of it is needed any more",
        help_text="The parties read this. It stays when the rest is gone.",
        rows=4,
        max_length=1_000,
    )
