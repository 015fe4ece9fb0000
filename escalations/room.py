from __future__ import annotations

from house.room import Room


class EscalationsRoom(Room):
    name = "escalations"
