from house.apps import RoomConfig


class PerformanceConfig(RoomConfig):
    name = "performance"
    registers = ("mails", "room")
