from house.apps import RoomConfig


class PartiesConfig(RoomConfig):
    name = "parties"
    registers = ("mails", "way_in", "room")
