"""What registered copies answer to the agreement's page."""

from __future__ import annotations

from house.room import Room
from house.rooms import register


class RegisterRoom(Room):
    name = "agreements.register"

    def sentences(self) -> dict[str, str]:
        return {
            "registered": "{actor} registered the signed MoU, signed on {on}.",
            "copy_confirmed": "{actor} confirmed the registered copy.",
            "copy_disputed": "{actor} said that the registered copy is not right.",
        }


register(RegisterRoom())
