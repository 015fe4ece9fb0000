from __future__ import annotations

from nhsuk import forms


class StopForm(forms.Form):
    because = forms.TextField(
        label="Why work on it stops",
        help_text="The other party reads this.",
        rows=3,
        max_length=300,
        error_messages={"required": "Say why work on it stops"},
    )
