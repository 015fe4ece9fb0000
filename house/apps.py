from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "house"

    def ready(self) -> None:
        from house import grants  # noqa: F401 - registers the start-up check
