"""Whether a clause is kept, from what the rooms say of each thing that keeps it (X01)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

from house.room import Keeping

State = Literal["missed", "due", "partly", "kept", "nothing_yet", "not_watched"]
# The worst first. What was not asked for yet says nothing against what was kept.
WORST_FIRST: tuple[State, ...] = ("missed", "due", "kept", "nothing_yet")


def state_of(bindings: Collection[str], keepings: Mapping[str, Keeping]) -> State:
    """The worst of what is known; "kept" in part only where something is not watched."""
    known = {keepings[key].state for key in bindings if key in keepings}
    if not known:
        return "not_watched"
    worst = next(state for state in WORST_FIRST if state in known)
    if worst == "kept" and any(key not in keepings for key in bindings):
        return "partly"
    return worst


def merged(answers: Collection[Mapping[str, Keeping]]) -> dict[str, Keeping]:
    """The answers of several rooms as one; where two answer for the same thing, the worse."""
    found: dict[str, Keeping] = {}
    for answer in answers:
        for key, keeping in answer.items():
            other = found.get(key)
            if other is None or _rank(keeping) < _rank(other):
                found[key] = keeping
    return found


def _rank(keeping: Keeping) -> int:
    return WORST_FIRST.index(keeping.state)
