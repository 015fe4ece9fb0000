"""The form on which somebody ticks whom the last MoU between the same parties offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agreements.drafting.last_time import LastTime
from nhsuk import forms

Contacts = Mapping[str, Mapping[str, Mapping[str, Any]]]


class LastTimeForm(forms.Form):
    """Nobody is ticked at first."""

    mark_optional = False

    taken = forms.ChecklistField(
        label="Who is it again?",
        required=False,
        error_messages={
            "invalid_choice": "Somebody whom you ticked is not there any more. Look again."
        },
    )

    def __init__(self, last: LastTime, data: Any = None) -> None:
        super().__init__(data, prefix="last")
        self.last = last
        choices = [(each.value, each.called) for each in last.offered]
        self.fields["taken"].choices = choices  # type: ignore[attr-defined]

    def beside(self, said: Contacts) -> Contacts:
        """Those ticked, beside those that were said: of one role what was said stays."""
        ticked = self.cleaned_data["taken"] if self.is_bound else ()
        taken = self.last.said(ticked)
        return {key: {**taken.get(key, {}), **said.get(key, {})} for key in {**said, **taken}}
