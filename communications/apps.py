from house.apps import RoomConfig


class CommunicationsConfig(RoomConfig):
    name = "communications"
    registers = ("mails", "heads_ups.mails", "room", "heads_ups.room")
