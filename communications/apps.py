from django.apps import AppConfig


class CommunicationsConfig(AppConfig):
    name = "communications"

    def ready(self) -> None:
        from communications import (  # noqa: F401 - each kind registers itself
            mails,
            mails_answers,
        )
        from communications.room import CommunicationsRoom
        from house.room import register

        register(CommunicationsRoom())
