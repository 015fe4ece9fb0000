from house.apps import RoomConfig


class CommitmentsConfig(RoomConfig):
    name = "commitments"
    registers = ("mails", "room", "owed.mails", "owed.room", "logs.mails", "logs.room")
