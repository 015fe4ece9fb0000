"""What drafting answers to the rooms below and to the agreement's page."""

from __future__ import annotations

from house.room import Room
from house.rooms import register


class DraftingRoom(Room):
    name, called = "agreements.drafting", "The text"

    def sentences(self) -> dict[str, str]:
        return {
            "drafted": "{actor} started this agreement.",
            "clause_added": "{actor} added the clause “{heading}”.",
            "clause_edited": "{actor} edited the clause “{heading}”.",
            "clause_moved": "{actor} moved the clause “{heading}”.",
            "clause_removed": "{actor} removed the clause “{heading}”.",
            "terms_edited": "{actor} changed the terms.",
            "blanks_filled": "{actor} filled in blanks.",
        }


register(DraftingRoom())
