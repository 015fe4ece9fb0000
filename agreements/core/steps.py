"""Something that has to be done about an agreement, and who does it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from agreements.models import Party

# Of more that wait for the same, a page says how many they are.
MOST_ALIKE = 3


@dataclass(frozen=True)
class NextStep:
    """Something that has to be done. `text` says what, ready for "… of the MoU with X"."""

    text: str
    button: str
    url: str
    # The party whose step it is; None when anybody of any party may take it.
    party: Party | None
    # Who takes it, as far as it is known.
    names: tuple[str, ...]
    # Whether the reader may take it now.
    mine: bool
    # What somebody said about it, as a sentence.
    said: str = ""

    @property
    def who(self) -> str:
        """ "Olga Other, Eastmoor CCG"."""
        names = " or ".join(self.names)
        party = self.party.name if self.party else ""
        return ", ".join(part for part in (names, party) if part)


def own_first(steps: Iterable[NextStep]) -> list[NextStep]:
    """The steps, those of the reader first. What many others have to do alike is one step."""
    in_order = sorted(steps, key=lambda step: not step.mine)
    alike = groupby(in_order, key=lambda step: (step.mine, step.text, step.said))
    return [step for (mine, *_), each in alike for step in _together(mine, list(each))]


def _together(mine: bool, alike: list[NextStep]) -> list[NextStep]:
    if mine or len(alike) <= MOST_ALIKE:
        return alike
    return [replace(alike[0], party=None, names=(f"{len(alike)} parties",))]


def quoted(what: str, reason: str) -> str:
    """ "Not ready to sign: “Clause 2.1 …”"; empty without a reason."""
    return f"{what}: “{reason}”" if reason else ""
