"""What variations answer to the rooms below."""

from __future__ import annotations

from agreements.models import Change
from agreements.variations.services import give_up_text
from house.room import Room
from house.rooms import register
from parties.acting import Acting


class VariationsRoom(Room):
    name, called = "agreements.variations", "Variations and corrections"

    def change_of_text_closed(self, change: Change, by: Acting, because: str) -> None:
        give_up_text(change, by=by, because=because)

    def sentences(self) -> dict[str, str]:
        return {
            "varied": "Version {label}, before that {before}, replaced the text that was in force, "
            "from {start} on.",
            "text_given_up": "Version {label} was recalled, and no draft of it is left: what it "
            "was for came to nothing.",
        }


register(VariationsRoom())
