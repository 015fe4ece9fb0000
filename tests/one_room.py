"""A portal in which some rooms are silent, and what all that are there say of an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager

from agreements.models import Agreement
from agreements.page.kept import merged
from house.answers import Keeping
from house.asked_together import ask_together
from house.room import Room
from house.rooms import registered, rooms
from parties.acting import Acting


def only(upper: Room, question: str) -> AbstractContextManager[None]:
    """Adds the room, and takes those away that would answer the question too."""
    return registered(upper, silent=lambda room: answers(room, question))


def only_agreements() -> AbstractContextManager[None]:
    """Whatever comes into force here has the dates of its own room alone."""
    return registered(silent=lambda room: answers(room, "came_into_force"))


def answers(room: Room, question: str) -> bool:
    """Whether the room answers it, by itself or asked with the others."""
    asked = (question, f"asking_{question}")
    return any(getattr(type(room), each, None) is not getattr(Room, each, None) for each in asked)


def keepings(agreements: Sequence[Agreement], by: Acting) -> dict[int, dict[str, Keeping]]:
    """Agreement id -> key -> the answer, of all rooms together."""
    answers = ask_together([room.asking_keepings(agreements, by) for room in rooms()])
    return {each.pk: merged([answer.get(each.pk, {}) for answer in answers]) for each in agreements}
