"""What agreements as a whole answer to the rooms below and to the home page.

Their features answer for themselves: each has a `room.py` of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from agreements.core.access import write_next_dates
from agreements.models import Agreement
from agreements.page import keeping, queries
from agreements.page.home import rows_of, todos_of, waiting
from house.room import AgreementRow, Keeping, NavigationEntry, Room, Todo
from house.rooms import register
from house.wall import WhoAsks
from parties.acting import Acting

ON_HOME_PAGE = 25


class AgreementsRoom(Room):
    name = "agreements"

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        return [NavigationEntry("Agreements", "agreements:list", 1)] if acting.organisation else []

    def todo(self, acting: Acting) -> list[Todo]:
        """The open steps of versions and copies; what has a deadline the home page reads itself."""
        if acting.organisation is None:
            return []
        return todos_of(waiting(acting), acting)

    def my_agreements(self, acting: Acting) -> list[AgreementRow]:
        """The agreements with the nearest dates."""
        if acting.organisation is None:
            return []
        nearest = queries.found(acting, {})[:ON_HOME_PAGE]
        return rows_of(queries.with_details(nearest, acting))

    def keeping_kinds(self) -> dict[str, str]:
        return {keeping.KEY: "the shortest time in force"}

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> dict[int, dict[str, Keeping]]:
        return {pk: {keeping.KEY: each} for pk, each in keeping.keepings(agreements).items()}

    def deadlines_changed(self, references: Sequence[str]) -> None:
        write_next_dates(references)

    def people_shared_with(self, acting: WhoAsks) -> set[int]:
        """Whoever has a part in an agreement that the acting organisation may see."""
        return queries.people_on_agreements_of(acting)


register(AgreementsRoom())
