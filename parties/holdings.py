"""What somebody holds for an organisation, as every room knows it, and who takes it over."""

from __future__ import annotations

from dataclasses import dataclass

from house.rooms import rooms
from parties.models import Organisation, Person


@dataclass(frozen=True)
class Holding:
    """One thing in words, "MoU manager of MOU-0142", and the page where it is handed over; `sheet`
    is what a successor reads first, where there is one."""

    text: str
    url: str = ""
    sheet: str = ""


# Of each room's things so many are named; who leaves hands all of them on.
MOST_HELD = 50


@dataclass(frozen=True)
class Holdings:
    """What somebody holds, in order; with `has_more` there are others that are not named here."""

    named: list[Holding]
    has_more: bool


def holdings_of(person: Person, organisation: Organisation) -> Holdings:
    """What every room knows this person to hold now for the organisation."""
    of_rooms = [list(room.holdings(person, organisation, MOST_HELD + 1)) for room in rooms()]
    named = [each for found in of_rooms for each in found[:MOST_HELD]]
    return Holdings(
        sorted(named, key=lambda holding: holding.text),
        has_more=any(len(found) > MOST_HELD for found in of_rooms),
    )
