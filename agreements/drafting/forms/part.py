"""One page of the terms: a few boxes that belong together, and the terms with what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from agreements.terms import Terms
from nhsuk import forms

# [(key of a side, what the text calls it), …]
Slots = list[tuple[str, str]]
# [(key of a party, its name), …]: of the sides that commission at a level, each by itself.
Parties = Sequence[tuple[str, str]]
# [(key of a clause, its number and heading), …]
Clauses = Sequence[tuple[str, str]]
# Above the boxes of terms that an agreement may leave out.
SILENT = (
    "Leave a box empty if the agreement does not say. We then neither print it nor remind anyone."
)
TAKE_OUT = "take_out"


def number(label: str, suffix: str = "", *, most: int, least: int = 0, hint: str = "") -> Any:
    """A box that stays empty where the agreement says nothing of it."""
    return forms.WholeNumberField(
        label=label, help_text=hint, suffix=suffix,
        min_value=least, max_value=most, required=False,
    )  # fmt: skip


class Part(forms.Form):
    """A page of the terms. `key` says of which side, role or entry of a list it is; empty for a
    new entry, and where there is only one such page."""

    mark_optional = False
    # What the page is called, where it is the same for all its entries.
    name: ClassVar[str] = ""
    hint: ClassVar[str] = SILENT

    def __init__(
        self, terms: Terms, slots: Slots, key: str = "", data: Any = None, parties: Parties = (),
        clauses: Clauses = (),
    ) -> None:  # fmt: skip
        self.before, self.slots, self.key, self.parties = terms, slots, key, parties
        self.clauses = clauses
        super().__init__(data, initial=self.shown())
        self.add_boxes()

    @property
    def heading(self) -> str:
        return self.name

    def shown(self) -> dict[str, Any]:
        """What the boxes hold before anybody types."""
        raise NotImplementedError

    def add_boxes(self) -> None:
        """Boxes that follow from the terms."""

    def terms(self) -> Terms:
        """The terms as typed. Call it on a valid form."""
        return Terms.model_validate({**dict(self.before), **self.said()})

    def said(self) -> dict[str, Any]:
        """What the boxes say, by the names of the terms."""
        raise NotImplementedError
