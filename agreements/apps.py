from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "agreements"

    def ready(self) -> None:
        # Each kind of e-mail registers itself.
        import agreements.core.mails
        import agreements.signing.mails
        import agreements.templates.mails  # noqa: F401
        from agreements.room import AgreementsRoom
        from house.room import register

        register(AgreementsRoom())
