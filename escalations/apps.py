from django.apps import AppConfig


class EscalationsConfig(AppConfig):
    name = "escalations"

    def ready(self) -> None:
        from escalations import mails  # noqa: F401 - declares the e-mails
        from escalations.room import EscalationsRoom
        from house.room import register

        register(EscalationsRoom())
