from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "parties"

    def ready(self) -> None:
        from house.room import register
        from parties import mails  # noqa: F401 - declares the kinds of e-mail
        from parties.room import PartiesRoom

        register(PartiesRoom())
