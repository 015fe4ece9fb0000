"""A portal in which one room alone answers a question: what the others say is not tested here."""

from __future__ import annotations

import pytest

from house import room
from house.room import Room


def only(upper: Room, question: str, patch: pytest.MonkeyPatch) -> None:
    """Registers the room, and takes those away that would answer the question too."""
    silent = {name: each for name, each in room._rooms.items() if not hasattr(each, question)}
    patch.setattr(room, "_rooms", {**silent, upper.name: upper})
