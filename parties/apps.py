from house.apps import RoomConfig


class PartiesConfig(RoomConfig):
    name = "parties"
    registers = ("mails", "mails_of_leaving", "way_in", "room")
