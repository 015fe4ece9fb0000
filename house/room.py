"""The registry of rooms: how a lower room hears of what upper rooms have, without knowing them.

Each app registers one `Room` in its `AppConfig.ready`. What it can answer it declares by
defining the method; `ask` collects the answers of the rooms that define one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class NavigationEntry:
    """A link in the portal's navigation. `position` orders the entries; Home is 0."""

    text: str
    url_name: str
    position: int


@dataclass(frozen=True)
class Todo:
    """Something that waits for somebody: a sentence with a verb, its agreement, one button.

    `waits_for` names who has to act, when that is not the reader. `due_on` is a London day.
    """

    sentence: str
    about: str
    url: str
    button: str
    waits_for: str = ""
    due_on: date | None = None

    @property
    def order(self) -> tuple[date, str]:
        return (self.due_on or date.max, self.sentence)


class Room:
    """One app's answers. A subclass sets `name` and defines the methods it has answers for.

    Every method takes many objects at once, so that a page asks each room once:

    navigation(acting)     -> list[NavigationEntry]
    todo(acting)           -> list[Todo], for the home page
    my_agreements(acting)  -> list of rows for the home page
    """

    name: str


_rooms: dict[str, Room] = {}


def register(room: Room) -> None:
    """Adds a room; a second call for the same name replaces the first (Django reloads apps)."""
    _rooms[room.name] = room


def ask(question: str, *args: Any) -> Iterator[Any]:
    """The answers of every room that has a method of this name, in order of registration."""
    for room in _rooms.values():
        answer = getattr(room, question, None)
        if answer is not None:
            yield answer(*args)
