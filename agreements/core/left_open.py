"""How much is open under agreements, as all rooms count it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from house.once import each_once
from house.rooms import rooms


def left_open(agreements: Collection[int]) -> Counter[int]:
    """Agreement id -> how many things are open under it, whoever may see them (a query a room)."""
    found: Counter[int] = Counter()
    for room in rooms():
        found.update(room.left_open(agreements))
    return found


@each_once()
def counted_open(agreements: Collection[int]) -> dict[int, int]:
    """The same, once for many e-mails: not for what changes it meanwhile."""
    found = left_open(agreements)
    return {pk: found[pk] for pk in agreements}
