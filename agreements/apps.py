from house.apps import RoomConfig


class AgreementsConfig(RoomConfig):
    name = "agreements"
    registers = (
        *("core.mails", "contacts.mails", "signing.mails", "register.mails", "templates.mails"),
        *("room", "drafting.room", "versions.room", "signing.room", "register.room"),
        *("contacts.room", "reviews.room", "templates.room", "page.room"),
    )
