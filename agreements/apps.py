from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "agreements"

    def ready(self) -> None:
        from agreements import (  # noqa: F401 - each kind registers itself
            mails,
            mails_signing,
            mails_templates,
        )
        from agreements.room import AgreementsRoom
        from house.room import register

        register(AgreementsRoom())
