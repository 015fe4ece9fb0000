"""What templates answer to the portal's frame."""

from __future__ import annotations

from house.room import NavigationEntry, Room
from house.rooms import register
from parties.acting import Acting
from parties.who import DRAFTERS


class TemplatesRoom(Room):
    name = "agreements.templates"

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        if acting.organisation is None or not DRAFTERS.includes(acting):
            return []
        return [NavigationEntry("Templates", "templates:list", 8, in_footer=True)]


register(TemplatesRoom())
