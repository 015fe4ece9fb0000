"""A room of the tests' own that says how the clauses of an agreement are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from agreements.models import Agreement
from house.answers import Evidence, Keeping
from house.room import Room
from house.rooms import rooms
from parties.acting import Acting

KEPT = Keeping("kept", "Two of two meetings were held.", (Evidence("Notes of 3 May", "/x/"),))
MISSED = Keeping("missed", "The second meeting was not held.")
DUE = Keeping("due", "One meeting is owed by 3 September 2014.")
NOTHING = Keeping("nothing_yet", "No meeting was owed so far.")


class Keeper(Room):
    name = "keeper"

    def __init__(self) -> None:
        self.known: dict[str, Keeping] = {}
        # Pages ask for these, whoever is silent.
        self.takers = [each for room in rooms() for each in room.takes_emails()]

    def takes_emails(self) -> list[Any]:
        return self.takers

    def keeping_kinds(self) -> dict[str, str]:
        return {key: key.replace("_", " ") for key in self.known}

    def keepings(
        self, agreements: Iterable[Agreement], acting: Acting
    ) -> dict[int, dict[str, Keeping]]:
        return {agreement.pk: self.known for agreement in agreements}
