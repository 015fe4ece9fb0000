"""Who gets a draft: people and teams of each other party, and why the notice is short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms as django_forms

from communications.queries.candidates import Candidate, Candidates
from communications.queries.readers import Reader, member_with_address
from nhsuk import forms

CHOOSE = "Choose who may read the draft"


class ShareForm(forms.Form):
    """One list for each other party. `draft` is the number of the draft that the page shows."""

    mark_optional = False

    draft = django_forms.IntegerField(widget=django_forms.HiddenInput, min_value=1)
    address = forms.EmailField(
        label="Or somebody else there, by e-mail address",
        help_text="They need an account here.",
        required=False,
    )
    because = forms.TextField(
        label="Why the notice is short",
        help_text="The other party can read this once it is released.",
        rows=3,
        max_length=500,
        required=False,
        error_messages={"required": "Say why the notice is short"},
    )

    def __init__(
        self, data: Any = None, *, candidates: Sequence[Candidates], draft: int, short: str
    ) -> None:
        super().__init__(data, initial={"draft": draft})
        self.candidates = {each.field: each for each in candidates}
        for name, each in self.candidates.items():
            self.fields[name] = forms.ChecklistField(
                label=f"Who at {each.organisation.name}",
                choices=[(one.key, one.label) for one in each.those],
                widget=forms.Checkboxes(
                    hints={one.key: one.hint for one in each.those if one.hint}
                ),
                required=False,
            )
        if not short:
            del self.fields["because"]
        self.order_fields(["draft", *self.candidates, "address", "because"])

    def _ask_why(self, short: str) -> None:
        """`short` names the parties that would get less than their lead time; often none."""
        if not short:
            del self.fields["because"]
            return
        because = self.fields["because"]
        because.required = len(self.candidates) == 1
        because.help_text = f"Less than the lead time is left for {short}. {because.help_text}"

    @property
    def readers_field(self) -> str:
        """Where it is said that nobody was chosen, or that somebody cannot read."""
        return next(iter(self.candidates), "address")

    def clean(self) -> dict[str, Any]:
        readers = [
            self._reader(each.those, key, each)
            for name, each in self.candidates.items()
            for key in self.cleaned_data.get(name, ())
        ]
        if address := self.cleaned_data.get("address"):
            readers += self._by_address(address)
        if not readers and not self.errors:
            self.add_error(self.readers_field, CHOOSE)
        self.cleaned_data["readers"] = readers
        return self.cleaned_data

    def _reader(self, those: Sequence[Candidate], key: str, each: Candidates) -> Reader:
        return next(one.reader for one in those if one.key == key)

    def _by_address(self, address: str) -> list[Reader]:
        for each in self.candidates.values():
            if person := member_with_address(address, each.organisation):
                return [Reader(each.organisation, person=person)]
        names = " or ".join(each.organisation.name for each in self.candidates.values())
        self.add_error(
            "address",
            f"Nobody with this address has an account for {names}. Without an account there is no "
            "way to a draft. Ask an administrator there to invite them",
        )
        return []
