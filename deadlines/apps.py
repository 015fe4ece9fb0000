from house.apps import RoomConfig


class DeadlinesConfig(RoomConfig):
    name = "deadlines"
    registers = ("mails",)
