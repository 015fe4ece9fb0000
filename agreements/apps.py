from house.apps import RoomConfig


class AgreementsConfig(RoomConfig):
    name = "agreements"
    registers = ("core.mails", "signing.mails", "templates.mails", "room")
