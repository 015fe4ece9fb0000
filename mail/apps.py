from house.apps import RoomConfig


class MailConfig(RoomConfig):
    name = "mail"
    registers = ("links.codes",)
