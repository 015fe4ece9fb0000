"""Something that has to be done about an agreement, and who does it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from agreements.models import Party


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
    """The steps, those of the reader first."""
    return sorted(steps, key=lambda step: not step.mine)


def quoted(what: str, reason: str) -> str:
    """ "Not ready to sign: “Clause 2.1 …”"; empty without a reason."""
    return f"{what}: “{reason}”" if reason else ""
