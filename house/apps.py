from importlib import import_module

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """An app of the portal. Its URLs are in its `urls.py`, which loads with the first request."""

    # Modules that register something when they load: its answers, its kinds of e-mail.
    registers: tuple[str, ...] = ()

    def ready(self) -> None:
        for module in self.registers:
            import_module(f"{self.name}.{module}")


class HouseConfig(RoomConfig):
    name = "house"
    registers = ("grants",)
