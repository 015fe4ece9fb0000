from __future__ import annotations

from house.room import Room


class MeetingsRoom(Room):
    name = "meetings"
