"""What a person holds, for handing over. Every room answers `holdings(person)` with these."""

from __future__ import annotations

from dataclasses import dataclass

from house import room
from parties.models import Person


@dataclass(frozen=True)
class Holding:
    """One thing in words, "MoU manager of MOU-0142", and the page where it is handed over."""

    text: str
    url: str = ""


def holdings_of(person: Person) -> list[Holding]:
    """What every room knows this person to hold now."""
    answers: list[Holding] = [each for answer in room.ask("holdings", person) for each in answer]
    return sorted(answers, key=lambda holding: holding.text)
