from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "commitments"

    def ready(self) -> None:
        from commitments import mails  # noqa: F401 - each kind registers itself
        from commitments.room import CommitmentsRoom
        from house.room import register

        register(CommitmentsRoom())
