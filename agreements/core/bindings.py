"""What a clause can be bound to: what the rooms keep, and what none keeps yet, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from agreements.core.texts import ClauseName
from agreements.models import ClauseKind, ClauseText
from house.room import Room
from house.rooms import rooms
from nhsuk.words import and_list

# What a clause can be bound to and no room keeps yet: key -> label.
NOT_KEPT_YET = {
    "improvement_plan": "improvement plans of practices",
    "conflicts": "the register of interests",
    "decisions": "numbered decisions and who was told of them",
    "federation_plan": "plans of federations",
    "fund": "the fund: what is allocated, paid and left",
    "panel": "the resolution panel",
    "variation": "changes that all parties accept",
}
OF_AGREEMENTS, NOT_YET = "The agreement itself", "The portal cannot check these yet"


def to_choose_from() -> dict[str, dict[str, str]]:
    """Heading -> name -> label: all that a clause can be bound to, the agreement's own first.

    In this order the names of a clause stand where somebody ticks them.
    """
    found: dict[str, dict[str, str]] = {}
    for room in sorted(rooms(), key=lambda room: not _is_of_agreements(room)):
        if kinds := room.keeping_kinds():
            heading = OF_AGREEMENTS if _is_of_agreements(room) else room.called
            found.setdefault(heading, {}).update(kinds)
    return found | {NOT_YET: dict(NOT_KEPT_YET)}


def _is_of_agreements(room: Room) -> bool:
    return room.name.partition(".")[0] == "agreements"


def in_list_order(chosen: Iterable[str], before: Sequence[str]) -> list[str]:
    """What stays in its order, then what came as the list has it: ticking nothing changes nothing.

    The order is hashed with the text, and the first is where a clause leads to.
    """
    wanted = set(chosen)
    kept = [name for name in before if name in wanted]
    listed = [name for names in to_choose_from().values() for name in names]
    return kept + [name for name in listed if name in wanted and name not in kept]


def not_watched(clause: ClauseName) -> list[str]:
    """What of a duty no room watches; the clause as a whole where it is bound to nothing."""
    watched = {key for room in rooms() for key in room.keeping_kinds()}
    return [key for key in clause.bindings or [clause.key] if key not in watched]


def keeps_in_words(bindings: Iterable[str]) -> list[str]:
    """What a clause is bound to; a name that no room knows is shown as it is."""
    labels = {name: label for each in to_choose_from().values() for name, label in each.items()}
    return [labels.get(name, name.replace("_", " ")) for name in bindings]


def kept_and_owed(text: ClauseText, sides: Mapping[str, str]) -> str:
    """ "Kept by: the date of review. Owed by the CCG."; empty where the text says neither."""
    kept = f"Kept by: {'; '.join(keeps_in_words(text.bindings))}." if text.bindings else ""
    owed = and_list(sides.get(slot, slot) for slot in text.owed_by)
    return f"{kept} Owed by {owed}.".strip() if owed else kept


def bound_to(text: ClauseText) -> str:
    """One sentence for the clause's page."""
    if text.bindings:
        return f"What keeps this clause: {'; '.join(keeps_in_words(text.bindings))}."
    if text.kind == ClauseKind.PRINCIPLE:
        return "This is a principle. Nothing that the portal checks keeps it."
    return "Nothing that the portal checks keeps this clause."
