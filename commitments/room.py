from __future__ import annotations

from house.room import Room


class CommitmentsRoom(Room):
    name = "commitments"
