"""The registry of rooms. Whoever is below a room asks all of them, and so needs to know none:

for room in rooms():
    found.extend(room.navigation(acting))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from house.room import Room

_rooms: dict[str, Room] = {}


def register(room: Room) -> None:
    """Adds a room; a second one of the same name takes the place of the first."""
    _rooms[room.name] = room


def rooms() -> tuple[Room, ...]:
    """Every room, in order of registration."""
    return tuple(_rooms.values())


@contextmanager
def registered(*more: Room, silent: Callable[[Room], bool] = lambda _: False) -> Iterator[None]:
    """Adds rooms for the block, and leaves out those that are to be silent. Only for tests."""
    before = dict(_rooms)
    for name in [name for name, room in before.items() if silent(room)]:
        del _rooms[name]
    for room in more:
        register(room)
    try:
        yield
    finally:
        _rooms.clear()
        _rooms.update(before)
