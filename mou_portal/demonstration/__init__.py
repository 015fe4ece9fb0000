"""Invented organisations, people and agreements, made by the services, to try the portal out."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path


def load_rooms() -> None:
    """What the rooms above agreements have under way: each file of `rooms/` has its `load()`."""
    for file in sorted((Path(__file__).parent / "rooms").glob("*.py")):
        import_module(f"mou_portal.demonstration.rooms.{file.stem}").load()
