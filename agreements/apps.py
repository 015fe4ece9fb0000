from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "agreements"

    def ready(self) -> None:
        from agreements import mails, mails_signing  # noqa: F401 - each kind registers itself
        from agreements.room import AgreementsRoom
        from house.room import register

        register(AgreementsRoom())
