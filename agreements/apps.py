from house.apps import RoomConfig


class AgreementsConfig(RoomConfig):
    name = "agreements"
    registers = (
        *(
            "core.mails",
            "contacts.mails",
            "signing.mails",
            "signing.mails_of_ends",
            "register.mails",
            "templates.mails",
            "groups.mails",
            "associated.mails",
            "changes.mails",
            "succession.mails",
            "retention.mails",
            "emails.mails",
            "disposal.mails",
            "data_sharing.mails",
        ),
        *("groups.services.making", "groups.services.deciding"),
        *("groups.services.zipping", "groups.services.reaching", "groups.services.signing"),
        *("succession.services.passing", "disposal.services.carrying_out"),
        *("room", "drafting.room", "versions.room", "signing.room", "register.room"),
        *("contacts.room", "reviews.room", "by_hand.room", "templates.room", "groups.room"),
        *("page.room", "associated.room", "changes.room", "variations.room", "retention.room"),
        *("succession.room", "planning.room", "emails.room", "disposal.room"),
        "data_sharing.room",
    )
