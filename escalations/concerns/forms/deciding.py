"""Whether other parties are told of a concern, and who reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agreements.models import Party
from escalations.concerns.asking import NO_NAMES
from escalations.concerns.forms.asking import LONGEST, OfConcernForm
from escalations.rules.between import ALL, chosen, offered
from nhsuk import forms
from parties.offers import People, PersonField


class DecideForm(OfConcernForm):
    """Whether other parties are told, and why (A22)."""

    decision = forms.RadioField(
        label="Is it legitimate and appropriate to tell another party?",
        choices=[("share", "Yes, share it"), ("keep", "No, not for now")],
        error_messages={"required": "Choose whether it is shared"},
    )
    parties = forms.PickSeveralField(
        label="Share it with", help_text="Only if it is shared.", required=False
    )
    because = forms.TextField(
        label="Why",
        help_text=f"The reason stands in the record. All who read the concern read it. {NO_NAMES}",
        rows=5,
        max_length=LONGEST,
        error_messages={"required": "Give the reason"},
    )

    field_order = ("decision", "parties", "because", "as_it_is")

    def __init__(self, *args: Any, others: Sequence[Party], may_keep: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        self.others = others
        if not may_keep:
            del self.fields["decision"]
        if len(others) == 1:
            del self.fields["parties"]
        else:
            fields["parties"].offer(offered(others))

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        shares = said.setdefault("decision", "share") == "share"
        keys = said.pop("parties", None) or []
        keys = [ALL] if len(self.others) == 1 else keys
        said["parties"] = chosen(self.others, keys) if shares else []
        if shares and not said["parties"]:
            self.add_error("parties", "Choose with whom it is shared")
        return said


class TakeBackForm(OfConcernForm):
    parties = forms.PickSeveralField(
        label="Who reads it no more", error_messages={"required": "Choose a party"}
    )
    because = forms.TextField(
        label="Why it is shared no longer", help_text=NO_NAMES, rows=5, max_length=LONGEST
    )

    field_order = ("parties", "because", "as_it_is")

    def __init__(self, *args: Any, readers: Sequence[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        self.readers = readers
        if len(readers) == 1:
            del self.fields["parties"]
        else:
            fields["parties"].offer(offered(readers))

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        keys = said.pop("parties", None) or []
        keys = [ALL] if len(self.readers) == 1 else keys
        return said | {"parties": chosen(self.readers, keys)}


class ReaderForm(forms.Form):
    person = PersonField(label="Who may read it", error_messages={"required": "Choose somebody"})

    def __init__(self, *args: Any, people: People, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["person"]
        field.offer(people)
