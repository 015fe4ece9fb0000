"""The registry of rooms: how a lower room hears of what upper rooms have, without knowing them.

Each app registers one `Room` in its `AppConfig.ready`. What it can answer it declares by
defining the method; `ask` collects the answers of the rooms that define one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal


@dataclass(frozen=True)
class NavigationEntry:
    """A link in the portal's navigation. `position` orders the entries; Home is 0.

    The menu holds five entries at most. What people need now and then stands `in_footer`.
    """

    text: str
    url_name: str
    position: int
    in_footer: bool = False


@dataclass(frozen=True)
class Todo:
    """Something that waits for somebody: a sentence with a verb, its agreement, one button.

    `waits_for` names who has to act, when that is not the reader. `due_on` is a London day;
    `due_at` the instant on it, aware, for what is due to the minute.
    """

    sentence: str
    about: str
    url: str
    button: str
    waits_for: str = ""
    due_on: date | None = None
    due_at: datetime | None = None

    @property
    def order(self) -> tuple[date, str]:
        return (self.due_on or date.max, self.sentence)


@dataclass(frozen=True)
class Section:
    """A part of the agreement's page: a heading with its own link, and one main action.

    `template` is included with this as `part`; `note` stands in the page's contents, such as
    "2 open". `position` orders the sections of all rooms. `action` is an Action of nhsuk.
    """

    anchor: str
    heading: str
    position: int
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    # None for who may only read.
    action: Any = None


@dataclass(frozen=True)
class Evidence:
    """Where it can be seen that something was kept: words and the page."""

    text: str
    url: str


@dataclass(frozen=True)
class Keeping:
    """A room's answer to "is this kept?", for one agreement and one thing a clause is bound to.

    "kept" stands only with evidence; "nothing_yet" says that nothing was asked so far.
    """

    state: Literal["kept", "due", "missed", "nothing_yet"]
    sentence: str
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        if self.state == "kept" and not self.evidence:
            raise ValueError("Nothing is kept without evidence.")


@dataclass(frozen=True)
class AgendaPoint:
    """Something that the portal holds and a meeting should look at, with where to read it.

    `topic` is the key of the source in the terms that it belongs under; empty for other news.
    """

    text: str
    url: str = ""
    topic: str = ""


class Room:
    """One app's answers. A subclass sets `name` and defines the methods it has answers for.

    Every method takes many objects at once, so that a page asks each room once:

    navigation(acting)             -> list[NavigationEntry]
    todo(acting)                   -> list[Todo], for the home page
    my_agreements(acting)          -> list of rows for the home page
    sections(agreements, acting)   -> {agreement id: [Section]}
    keeping_kinds()                -> {key: label}: what a clause can be bound to
    keepings(agreements, acting)   -> {agreement id: {key: Keeping}}
    deadline_kinds()               -> list of deadlines.kinds.DeadlineKind
    deadlines_changed(references)  -> None, in the transaction that set, moved or closed one
    sources(keys, acting)          -> {key: nhsuk.components.Link}: where actions were agreed
    came_into_force(agreement, by) -> None, in the transaction that put it in force
    time_passed()                  -> None: what days bring by themselves, before each sweep
    agenda_points(agreements, since, until) -> {agreement id: [AgendaPoint]}, of these days
    sentences()                    -> {verb: sentence} for the timeline of an agreement
    person_leaves(leaving)         -> None, in the transaction in which somebody leaves
    holdings(person, organisation) -> list of parties.holdings.Holding
    people_shared_with(acting)     -> ids of people whom the reader may see
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
