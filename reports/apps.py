from house.apps import RoomConfig


class ReportsConfig(RoomConfig):
    name = "reports"
    registers = ("mails", "services.counting", "services.assuring", "room")
