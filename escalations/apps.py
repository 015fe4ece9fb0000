from house.apps import RoomConfig


class EscalationsConfig(RoomConfig):
    name = "escalations"
    registers = ("mails", "concerns.mails", "room", "concerns.room")
