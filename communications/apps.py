from house.apps import RoomConfig


class CommunicationsConfig(RoomConfig):
    name = "communications"
    registers = ("mails", "room")
