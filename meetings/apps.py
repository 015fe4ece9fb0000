from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        from house.room import register
        from meetings import mails  # noqa: F401 - each kind registers itself
        from meetings.room import MeetingsRoom

        register(MeetingsRoom())
