"""The lines of Home: in words, by time, and those that ask the same as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.rules.working_days import Holidays, distance
from house import clock
from house.answers import Todo
from house.clock import london_day
from nhsuk.components import Tag
from nhsuk.dates import clock_time, day
from nhsuk.words import plural

SOON = timedelta(days=60)
# More than this in one line of several, or under one heading, is shown on request.
SHOWN, LINES = 10, 6
# Two are read as quickly as one that has to be opened.
ALIKE = 3
TODAY, OF_OTHERS = "Today", "Waiting for others"


@dataclass(frozen=True)
class Several:
    """Lines of one kind under one heading: one line, opened on request."""

    todos: Sequence[Todo]

    @property
    def sentence(self) -> str:
        """ "Confirm your key contacts for 12 agreements"; of those that differ what they share."""
        alike = {todo.alike for todo in self.todos}
        agreements = {reference for todo in self.todos for reference in todo.references}
        if len(alike) == 1 and len(agreements) > 1 and (act := alike.pop()):
            return f"{act} {plural(len(agreements), 'agreement')}"
        return f"{self.todos[0].together} ({len(self.todos)})"

    @property
    def late(self) -> Tag | None:
        """How many are late, if any is."""
        late = sum(todo.is_late for todo in self.todos)
        return Tag(f"{late} late", "red") if late else None

    @property
    def shown(self) -> Sequence[Todo]:
        return self.todos[:SHOWN]


@dataclass(frozen=True)
class TodoGroup:
    """Things to do under one heading, the most urgent first."""

    heading: str
    todos: Sequence[Todo]
    # There are more than were read; and so many that were read, but not in words.
    has_more: bool = False
    unread: int = 0
    # What the page begins with has a place of its own.
    without_first: bool = False
    everything: bool = False

    @property
    def anchor(self) -> str:
        return self.heading.lower().replace(" ", "-")

    @property
    def counted(self) -> str:
        """ "3, 1 late"; "at least 50"."""
        late = sum(todo.is_late for todo in self.todos)
        count = f"{'at least ' if self.has_more else ''}{self._count}"
        return f"{count}, {late} late" if late else count

    @property
    def lines(self) -> list[Todo | Several]:
        """Those that the page shows."""
        return self._all if self.everything else self._all[:LINES]

    @property
    def show_all(self) -> str:
        """What the link to all of them says; empty when the page shows them."""
        cut = any(isinstance(each, Several) and len(each.todos) > SHOWN for each in self._all)
        if self.everything or not (cut or self.unread or len(self._all) > LINES):
            return ""
        return f"Show {'the nearest' if self.has_more else 'all'} {self._count}"

    @property
    def _count(self) -> int:
        return len(self.todos) + self.unread

    @property
    def _all(self) -> list[Todo | Several]:
        todos = self.todos[1:] if self.without_first else self.todos
        return list(todos) if self.everything else several_as_one(todos)


def several_as_one(todos: Sequence[Todo]) -> list[Todo | Several]:
    """Three or more of one kind stand at the place of the first."""
    of_kind: dict[str, list[Todo]] = defaultdict(list)
    for todo in todos:
        of_kind[todo.kind].append(todo)
    found: list[Todo | Several] = []
    for todo in todos:
        same = of_kind[todo.kind]
        if not todo.kind or len(same) < ALIKE:
            found.append(todo)
        elif todo is same[0]:
            found.append(Several(same))
    return found


def by_time(items: Iterable[Todo], today: date) -> dict[str, list[Todo]]:
    """Today with what is late or has no date, this week, the next 60 days, later."""
    spans = {
        TODAY: today,
        "This week": today + timedelta(days=6 - today.weekday()),
        "Next 60 days": today + SOON,
        "Later": date.max,
    }
    found: dict[str, list[Todo]] = {heading: [] for heading in spans}
    for item in items:
        due = item.due_on or today
        found[next(heading for heading, last in spans.items() if due <= last)].append(item)
    return {heading: each for heading, each in found.items() if each}


def due_words(item: Todo, holidays: Holidays) -> str:
    """When a thing is due and how far that is, as people say it."""
    today = clock.today()
    if item.due_on is None:
        return _waited(item, today)
    by = f" by {clock_time(item.due_at)}" if item.due_at else ""
    if item.is_late:
        return _late(item, today) + by
    if item.due_on <= today:
        return f"Due today{by}"
    return f"Due {distance(item.due_on, today, holidays)}, on {day(item.due_on)}{by}"


def _late(item: Todo, today: date) -> str:
    assert item.due_on  # noqa: S101 - it is late
    days = (today - item.due_on).days
    if days:
        return f"{plural(days, 'day')} late: it was due on {day(item.due_on)}"
    assert item.due_at  # noqa: S101 - on its own day only an hour can have passed
    hours = (clock.now() - item.due_at) // timedelta(hours=1)
    how_late = f"{plural(hours, 'hour')} late" if hours else "Late by less than an hour"
    return f"{how_late}: it was due today"


def _waited(item: Todo, today: date) -> str:
    days = (today - london_day(item.since)).days if item.since else 0
    return f"Waiting for {plural(days, 'day')}" if days else ""
