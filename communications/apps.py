from django.apps import AppConfig


class CommunicationsConfig(AppConfig):
    name = "communications"

    def ready(self) -> None:
        from communications.room import CommunicationsRoom
        from house.room import register

        register(CommunicationsRoom())
