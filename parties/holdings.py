"""What somebody holds for an organisation, as every room knows it, and who takes it over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from house.asked_together import ask_together
from house.rooms import rooms
from parties.models import Organisation, Person, Role
from parties.reader import holders


@dataclass(frozen=True)
class Holding:
    """One thing in words, "MoU manager of MOU-0142", and the page where it is handed over; `sheet`
    is what a successor reads first, where there is one.

    `key` names it among all that they hold; without one nobody can follow in it. `otherwise` says
    what comes of it without a successor. Who follows has one of the roles `needs`, where there are
    any. Not `by_default`: whoever takes over the rest does not follow unless they are named for it.
    """

    text: str
    url: str = ""
    sheet: str = ""
    key: str = ""
    otherwise: str = "Ends with the last day"
    needs: tuple[Role, ...] = ()
    by_default: bool = True
    # Nobody can follow in it here, and the managers have to see to it elsewhere.
    stays: bool = False

    @property
    def can_be_vacant(self) -> bool:
        return bool(self.key) or self.stays


# Of each room's things so many are named; who leaves hands all of them on.
MOST_HELD = 50
# More than anybody holds in one room: all that is handed over in one act.
ALL_OF_IT = 10_000


@dataclass(frozen=True)
class Holdings:
    """What somebody holds, in order; with `has_more` there are others that are not named here."""

    named: list[Holding]
    has_more: bool


def holdings_of(person: Person, organisation: Organisation) -> Holdings:
    """What every room knows this person to hold now for the organisation."""
    of_rooms = _of_rooms(person, organisation, MOST_HELD + 1)
    named = [each for found in of_rooms for each in found[:MOST_HELD]]
    return Holdings(_in_order(named), has_more=any(len(found) > MOST_HELD for found in of_rooms))


def all_held(person: Person, organisation: Organisation) -> list[Holding]:
    """All of it, in order."""
    found = _of_rooms(person, organisation, ALL_OF_IT)
    return _in_order(each for of_room in found for each in of_room)


def _of_rooms(person: Person, organisation: Organisation, most: int) -> list[list[Holding]]:
    asked = [room.asking_holdings(person, organisation, most) for room in rooms()]
    return [list(found) for found in ask_together(asked)]


def _in_order(found: Iterable[Holding]) -> list[Holding]:
    return sorted(found, key=lambda holding: holding.text)


def followers(
    held: Iterable[Holding],
    organisation: Organisation,
    successor: Person | None,
    each: Mapping[str, Person | None],
) -> dict[str, Person]:
    """Key -> who takes it over: whoever was named for it, else `successor`, if they may have it."""
    found = {}
    for holding in held:
        default = successor if holding.by_default else None
        follows = each.get(holding.key, default) if holding.key else None
        if follows and may_have(holding, follows, organisation):
            found[holding.key] = follows
    return found


def may_have(holding: Holding, person: Person, organisation: Organisation) -> bool:
    """Whether the person has a role there that the thing asks for, if it asks for one."""
    asked = [(organisation.pk, str(role)) for role in holding.needs]
    held = holders(asked)
    return not asked or any(user.person_id == person.pk for key in asked for user in held[key])
