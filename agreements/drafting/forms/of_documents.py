"""Pages of the terms on what the text is read with, and at which level each party commissions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agreements.drafting.forms.entries import EntryPart
from agreements.drafting.forms.part import Part
from agreements.terms import LEVELS, Commissioning, ExpectedDocument, Terms
from nhsuk import forms
from nhsuk.words import capital

ANY_LEVEL = [("", "Each of them"), *LEVELS.items()]


class DocumentPart(EntryPart):
    """A document that the text is to be read with."""

    called, many = "a document", "documents"
    hint = (
        "The text prints what it is read with. The documents themselves are listed on the page "
        "“Text” of the agreement: what is missing there is shown before the text goes out."
    )

    label = forms.LineField(label="What it is", help_text="For example, Scheme of delegation")
    of_sides = forms.ChecklistField(
        label="Whose it is",
        help_text="Of each side that you tick every party brings its own. Tick none for a document "
        "that is one for all.",
        required=False,
    )
    level = forms.RadioField(
        label="If it is of a side that commissions at levels: who brings it",
        choices=ANY_LEVEL,
        required=False,
    )
    required = forms.CheckboxField(
        label="Something is missing as long as it is not there", required=False
    )

    @classmethod
    def every(cls, terms: Terms) -> Sequence[ExpectedDocument]:
        return terms.documents

    def shown(self) -> dict[str, Any]:
        shown = super().shown()
        return {"required": True, "level": "", **shown, "of_sides": list(shown.get("slots", ()))}

    def add_boxes(self) -> None:
        super().add_boxes()
        box: Any = self.fields["of_sides"]
        box.choices = [(slot, capital(side)) for slot, side in self.slots]

    def typed(self, key: str) -> ExpectedDocument:
        said = self.cleaned_data
        slots = tuple(slot for slot, _ in self.slots if slot in said["of_sides"])
        return ExpectedDocument(
            key=key, label=said["label"], slots=slots, level=said["level"] if slots else "",
            required=said["required"],
        )  # fmt: skip

    def said(self) -> dict[str, Any]:
        return {"documents": self.list_now()}


class LevelPart(Part):
    """Who commissions at one of the levels: a page for each, of those that commission at all."""

    hint = "Who sits on a committee follows from its level. The text prints it."

    at_level = forms.PickSeveralField(label="Who commissions at this level", required=False)

    @property
    def heading(self) -> str:
        return f"Who commissions at {LEVELS[self.key]}"

    def shown(self) -> dict[str, Any]:
        levels = self.before.levels_by_party
        return {"at_level": [party for party, level in levels.items() if level == self.key]}

    def add_boxes(self) -> None:
        box: Any = self.fields["at_level"]
        box.label = self.heading
        box.offer(list(self.parties))

    def said(self) -> dict[str, Any]:
        chosen = set(self.cleaned_data["at_level"])
        levels = {
            party: level
            for party, level in self.before.levels_by_party.items()
            if level != self.key or party in chosen
        } | dict.fromkeys(chosen, self.key)
        order = [party for party, _ in self.parties]
        return {
            "commissioning": tuple(
                Commissioning(party=party, level=levels[party])
                for party in order
                if party in levels
            )
        }
