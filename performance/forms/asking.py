"""The form on which a key contact without an account asks something, by a link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agreements.models import Party
from nhsuk import forms
from performance.forms.recording import HINTS, PLAIN


class AskForm(forms.Form):
    """What is asked, of whom. It is received when it is sent."""

    kind = forms.RadioField(
        label="What is it", choices=PLAIN, widget=forms.Radios(hints=HINTS),
        error_messages={"required": "Choose what it is"},
    )  # fmt: skip
    subject = forms.LineField(label="What is asked, in one line", max_length=200)
    details = forms.TextField(
        label="Details (optional)", rows=5, max_length=5_000, required=False,
        help_text="The parties read this. Name no patient.",
    )  # fmt: skip
    asked_of = forms.PickField(
        label="Who is asked", error_messages={"required": "Choose who is asked"}
    )
    mark_optional = False

    def __init__(self, *args: Any, others: Sequence[Party], **more: Any) -> None:
        super().__init__(*args, **more)
        self.others = others
        field: Any = self.fields["asked_of"]
        field.offer([(str(party.pk), party.name) for party in others])
        if len(others) == 1:
            field.initial = str(others[0].pk)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        by = {str(party.pk): party for party in self.others}
        said["asked_of"] = by.get(said.get("asked_of") or "")
        return said
