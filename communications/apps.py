from house.apps import RoomConfig


class CommunicationsConfig(RoomConfig):
    name = "communications"
    registers = ("mails", "mails_of_teams", "heads_ups.mails", "room", "heads_ups.room")
