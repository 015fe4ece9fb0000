"""What is reviewed by hand, on the page that says how an agreement is kept."""

from __future__ import annotations

from agreements.by_hand.pages import ByHandList, section_of
from agreements.models import Agreement
from house.answers import Section
from house.room import Room
from house.rooms import register
from parties.acting import Acting

SENTENCES = {
    "by_hand": "{actor} reviewed by hand for {party} on {on}: {what}.",
    "by_hand_back": "{actor} took back what was reviewed by hand for {party} on {on}.",
}


class ByHandRoom(Room):
    name, called = "agreements.by_hand", "Reviewed by hand"

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        """Where there is a clause to look at, or one was looked at."""
        if subpage != "kept":
            return []
        listed = ByHandList(agreement, acting)
        return [section_of(listed)] if listed.choices or listed.any else []

    def sentences(self) -> dict[str, str]:
        return SENTENCES


register(ByHandRoom())
