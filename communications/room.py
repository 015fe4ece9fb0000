from __future__ import annotations

from house.room import Room


class CommunicationsRoom(Room):
    name = "communications"
