"""One of however many: a list while it is short, else a box for the name (record 0040)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from house.canonical import fingerprint
from house.text import tidy_line
from nhsuk.offers import NAMED, Choices, Listed, Offer

LONGEST = 200


class Picked(NamedTuple):
    """What was typed, and which of those that it can mean was chosen below the box."""

    typed: str
    # The value that was chosen and the mark of the words that it was offered for (`mark_of`).
    chosen: str = ""


def mark_of(value: str, typed: str) -> str:
    """Ties a choice to the words that it was offered for: with other words it counts no more."""
    return f"{value}.{fingerprint(tidy_line(typed).casefold())[:12]}"


class PickBox(forms.TextInput):
    """A box for a name, `<name>`, and what is chosen below it, `<name>-pick`."""

    def value_from_datadict(self, data: Mapping[str, Any], _: Any, name: str) -> Picked:
        return Picked(str(data.get(name, "")), str(data.get(f"{name}-pick", "")))

    def format_value(self, value: Any) -> str:
        return value.typed if isinstance(value, Picked) else ""


class PickField(forms.ChoiceField):
    """The value of one of what is offered; `offer()` says what that is, and so how to choose.

    Up to `FEW` are a list, in the widget that the field was made with. Of more a name, a part of
    it, or a code is typed. Where that can mean several, the error carries them in
    `params["several"]`: the page shows them below the box, and what was typed stays.
    """

    def __init__(self, *, nothing: str = "Choose from the list", **options: Any) -> None:
        """`nothing` is what the list says for no choice."""
        super().__init__(**options)
        self.nothing = nothing
        self.offered: Offer = Listed([])
        # The value and its name, once what was typed was understood.
        self.understood: tuple[str, str] | None = None

    def offer(self, offered: Offer | Choices) -> None:
        self.offered = Listed(offered) if isinstance(offered, list) else offered
        few = self.offered.few()
        if few is None:
            self.widget = PickBox()
            self.help_text = f"{self.help_text} {self.offered.how}".strip()
        else:
            nothing = [("", self.nothing)] if self.nothing else []
            self.choices = [*nothing, *few]
        self.widget.is_required = self.required

    @property
    def is_typed(self) -> bool:
        return isinstance(self.widget, PickBox)

    def prepare_value(self, value: Any) -> Any:
        """What the page shows: a name that was understood stands in full in its box."""
        if not self.is_typed:
            return value
        if isinstance(value, Picked) and not self.understood:
            return value
        known = [self.understood] if self.understood else self.offered.among([str(value or "")])
        return next((Picked(label, mark_of(key, label)) for key, label in known), Picked(""))

    def to_python(self, value: Any) -> str:
        if not isinstance(value, Picked):
            return str(super().to_python(value))
        typed = tidy_line(value.typed)[:LONGEST]
        if not typed:
            return ""
        self.understood = self._chosen(typed, value.chosen) or self._meant(typed)
        return self.understood[0]

    def _chosen(self, typed: str, chosen: str) -> tuple[str, str] | None:
        value = chosen.rpartition(".")[0]
        if not value or chosen != mark_of(value, typed):
            return None
        return next(iter(self.offered.among([value])), None)

    def _meant(self, typed: str) -> tuple[str, str]:
        found = self.offered.meant(typed, NAMED + 1)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                f"Nothing here is called “{typed}”. Check it, or type less of the name",
                code="nothing",
            )
        raise ValidationError(
            _which(typed, found), code="several", params={"several": found[:NAMED]}
        )

    def valid_value(self, value: Any) -> bool:
        # What was typed was looked for among what is offered.
        return self.is_typed or super().valid_value(value)


def _which(typed: str, found: Choices) -> str:
    if len(found) > NAMED:
        return f"More than {NAMED} match “{typed}”. Choose one of these, or type more of the name"
    return f"Choose which “{typed}” you mean"


def several_in(bound: forms.BoundField) -> Choices:
    """What the words in the box can mean, where they can mean several."""
    errors = bound.form.errors.as_data().get(bound.name, [])
    return [each for error in errors for each in (error.params or {}).get("several", ())]
