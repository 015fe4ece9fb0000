"""What keeps a clause, to be ticked: a list for each room, in words, with what the terms say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.forms import Field

from agreements.core.bindings import in_list_order, keeps_in_words, to_choose_from
from agreements.drafting.typed_figures import SPOKEN
from nhsuk import forms
from nhsuk.words import capital

SHOWN = "keepings"
# What the terms say of a keeping as a whole, before the figures that people also type.
WHOLE = {"review": "review:when"}
# Of these the terms say more than a figure: which contacts there are, whether one is said or not.
BESIDE_FIGURES = frozenset({"key_contacts"})


class KeptBy:
    """The lists of one clause; `before` is what it is bound to, `words` what the terms say."""

    def __init__(self, before: Sequence[str], words: Mapping[str, str]) -> None:
        self.before, self.words = before, words
        self.fields: dict[str, Field] = {
            f"{SHOWN}_{number}": self._list(heading, names)
            for number, (heading, names) in enumerate(self._all().items(), start=1)
        }

    def were_shown(self, data: Mapping[str, Any]) -> bool:
        """A page from before there were lists, sent now, takes nothing away."""
        return SHOWN in data

    def chosen(self, values: Mapping[str, Any]) -> list[str]:
        """What the clause is bound to from now on."""
        ticked = [name for field in self.fields for name in values[field]]
        return in_list_order(ticked, self.before)

    def _all(self) -> dict[str, dict[str, str]]:
        """Those to choose from, and what the clause is bound to that no room knows now."""
        known = to_choose_from()
        listed = {name for names in known.values() for name in names}
        odd = [name for name in self.before if name not in listed]
        return known | ({"Others": _labelled(odd)} if odd else {})

    def _list(self, heading: str, names: Mapping[str, str]) -> forms.ChecklistField:
        said = {name: self._terms_say(name) for name in names}
        hints = {name: hint for name, hint in said.items() if hint}
        return forms.ChecklistField(
            label=heading,
            choices=[(name, capital(label)) for name, label in names.items()],
            widget=forms.Checkboxes(hints=hints, small=True),
            initial=[name for name in self.before if name in names],
            required=False,
        )

    def _terms_say(self, name: str) -> str:
        """ "The terms say two meetings a year."; empty where no term is about it."""
        about = [each for each in SPOKEN if each.binding == name]
        figures = (words for each in about if (words := each.said(self.words)))
        if said := self.words.get(WHOLE.get(name, "")) or next(figures, ""):
            return f"The terms say {said}."
        return "The terms say nothing of it yet." if about and name not in BESIDE_FIGURES else ""


def _labelled(names: Iterable[str]) -> dict[str, str]:
    listed = list(names)
    return dict(zip(listed, keeps_in_words(listed), strict=True))
