from house.apps import RoomConfig


class MeetingsConfig(RoomConfig):
    name = "meetings"
    registers = ("mails", "room")
