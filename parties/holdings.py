"""What a person holds for an organisation, for handing over.

Every room answers `holdings(person, organisation)` with these: what the person holds for others
is not this organisation's to see."""

from __future__ import annotations

from dataclasses import dataclass

from house.rooms import rooms
from parties.models import Organisation, Person


@dataclass(frozen=True)
class Holding:
    """One thing in words, "MoU manager of MOU-0142", and the page where it is handed over."""

    text: str
    url: str = ""


def holdings_of(person: Person, organisation: Organisation) -> list[Holding]:
    """What every room knows this person to hold now for the organisation."""
    found = [each for room in rooms() for each in room.holdings(person, organisation)]
    return sorted(found, key=lambda holding: holding.text)
