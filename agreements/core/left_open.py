"""How much is open under agreements, as all rooms count it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from house.asked_together import ask_together
from house.once import each_once
from house.rooms import rooms


def left_open(agreements: Collection[int]) -> Counter[int]:
    """Agreement id -> how many things are open under it, whoever may see them (two queries)."""
    found: Counter[int] = Counter()
    for each in ask_together([room.asking_left_open(agreements) for room in rooms()]):
        found.update(each)
    return found


@each_once()
def counted_open(agreements: Collection[int]) -> dict[int, int]:
    """The same, once for many e-mails: not for what changes it meanwhile."""
    found = left_open(agreements)
    return {pk: found[pk] for pk in agreements}
