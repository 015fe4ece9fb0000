"""What rooms answer: only what `Room` declares, in the way it declares it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from house.room import Room
from house.rooms import registered, rooms

Method = Callable[..., Any]


def methods_of(kind: type) -> dict[str, Method]:
    return {name: each for name, each in vars(kind).items() if inspect.isfunction(each)}


def answers_of(kind: type) -> dict[str, Method]:
    return {name: each for name, each in methods_of(kind).items() if not name.startswith("_")}


def taken_by(method: Method) -> list[tuple[str, Any]]:
    return [(each.name, each.kind) for each in inspect.signature(method).parameters.values()]


def mistakes_in(room: type[Room]) -> list[str]:
    """Answers that nobody asks for, and those that take something else than is given."""
    declared, found = answers_of(Room), answers_of(room)
    unknown = sorted(found.keys() - declared.keys())
    common = found.keys() & declared.keys()
    return unknown + sorted(n for n in common if taken_by(found[n]) != taken_by(declared[n]))


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_room_answers_what_is_asked(room: Room) -> None:
    assert not mistakes_in(type(room))
    assert set(answers_of(type(room))), "a room without an answer need not be one"


def test_a_misspelt_answer_and_a_wrong_signature_are_found() -> None:
    class Misspelt(Room):
        name = "misspelt"

        def navigatoin(self, acting: object) -> list[object]:
            return []

        def asking_todo(self) -> list[object]:  # type: ignore[override]
            return []

    assert mistakes_in(Misspelt) == ["navigatoin", "asking_todo"]


def test_a_room_is_registered_for_the_block_alone() -> None:
    class Guest(Room):
        name = "guest"

    before = rooms()
    with registered(Guest(), silent=lambda room: room.name == "meetings"):
        names = [room.name for room in rooms()]
        assert "meetings" not in names
        assert names[-1] == "guest"
    assert rooms() == before
