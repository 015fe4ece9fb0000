"""A portal in which some rooms are silent: what they would answer is not tested here."""

from __future__ import annotations

from contextlib import AbstractContextManager

from house.room import Room
from house.rooms import registered


def only(upper: Room, question: str) -> AbstractContextManager[None]:
    """Adds the room, and takes those away that would answer the question too."""
    return registered(upper, silent=lambda room: answers(room, question))


def only_agreements() -> AbstractContextManager[None]:
    """Whatever comes into force here has the dates of its own room alone."""
    return registered(silent=lambda room: answers(room, "came_into_force"))


def answers(room: Room, question: str) -> bool:
    return getattr(type(room), question) is not getattr(Room, question)
