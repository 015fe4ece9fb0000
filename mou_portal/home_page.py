"""What the home page shows: what needs the reader, in order of time, and their agreements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from house import clock
from house.room import Todo, ask
from nhsuk.dates import day
from parties.acting import Acting

SOON = timedelta(days=60)


@dataclass(frozen=True)
class Group:
    """Things to do of one span of time."""

    heading: str
    items: list[Todo]


def things_to_do(acting: Acting) -> list[Todo]:
    """What every room has for the reader, the most urgent first."""
    return sorted(chain.from_iterable(ask("todo", acting)), key=lambda item: item.order)


def groups(items: Iterable[Todo]) -> list[Group]:
    """Today with what has no date, this week, the next 60 days, later; empty ones are left out."""
    today = clock.today()
    spans = {
        "Today": today,
        "This week": today + timedelta(days=6 - today.weekday()),
        "Next 60 days": today + SOON,
        "Later": date.max,
    }
    found: dict[str, list[Todo]] = {heading: [] for heading in spans}
    for item in items:
        due = item.due_on or today
        found[next(heading for heading, last in spans.items() if due <= last)].append(item)
    return [Group(heading, inside) for heading, inside in found.items() if inside]


def when(due_on: date | None) -> str:
    """A day as people say it: "today", "in 5 days, on 3 September 2013", "3 days late"."""
    if due_on is None:
        return ""
    days = (due_on - clock.today()).days
    if days < 0:
        return f"{-days} {'day' if days == -1 else 'days'} late: it was due on {day(due_on)}"
    words = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    return f"{words}, on {day(due_on)}"
