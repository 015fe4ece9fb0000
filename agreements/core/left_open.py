"""What is open under agreements, as all rooms know it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date

from agreements.models import Agreement
from house.answers import OpenThings
from house.asked_together import ask_together
from house.once import each_once
from house.rooms import rooms
from parties.acting import Acting


def left_open(agreements: Collection[int]) -> Counter[int]:
    """Agreement id -> how many things are open under it, whoever may see them (two queries)."""
    found: Counter[int] = Counter()
    for each in ask_together([room.asking_left_open(agreements) for room in rooms()]):
        found.update(each)
    return found


def open_on(agreement: Agreement, day: date, acting: Acting) -> list[OpenThings]:
    """What was open under an agreement at the end of a day, as the reader may see it now."""
    found = ask_together([room.asking_open_on(agreement, day, acting) for room in rooms()])
    return [each for of_room in found for each in of_room]


@each_once()
def counted_open(agreements: Collection[int]) -> dict[int, int]:
    """The same, once for many e-mails: not for what changes it meanwhile."""
    found = left_open(agreements)
    return {pk: found[pk] for pk in agreements}
