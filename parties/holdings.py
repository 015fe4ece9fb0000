"""What a person holds for an organisation, for handing over.

Every room answers `holdings(person, organisation)` with these: what the person holds for others
is not this organisation's to see."""

from __future__ import annotations

from dataclasses import dataclass

from house import room
from parties.models import Organisation, Person


@dataclass(frozen=True)
class Holding:
    """One thing in words, "MoU manager of MOU-0142", and the page where it is handed over."""

    text: str
    url: str = ""


def holdings_of(person: Person, organisation: Organisation) -> list[Holding]:
    """What every room knows this person to hold now for the organisation."""
    answers = room.ask("holdings", person, organisation)
    found: list[Holding] = [each for answer in answers for each in answer]
    return sorted(found, key=lambda holding: holding.text)
