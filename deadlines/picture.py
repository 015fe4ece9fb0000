"""The year's picture of dates and the table beside it: the same dates, numbered, in both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from deadlines.rules.year import Month, months_between, place, rows_of
from nhsuk.components import Cell, Column, Link, Tag
from nhsuk.dates import day_short
from nhsuk.words import plural

State = Literal["done", "due", "late", "fixed"]
# Said in words beside each date, and drawn as a shape of its own.
STATES: dict[State, str] = {
    "late": "Late",
    "due": "Due",
    "done": "Done",
    "fixed": "Fixed date",
}
TAGS: dict[State, Tag] = {"late": Tag("Late", "red"), "done": Tag("Done", "green")}
# In pixels: a row of marks, and the line under them.
ROW, BASE = 30, 8


@dataclass(frozen=True)
class Entry:
    """A date: what is due, who sees to it, which clause says so, how it follows.

    `lane` is the agreement that it belongs to, where a picture has several; `note` is how far it
    is, or when it was done.
    """

    day: date
    what: str
    href: str = ""
    state: State = "due"
    who: str = ""
    clause: Link | None = None
    working: str = ""
    note: str = ""
    lane: Link | None = None
    number: int = 0

    @property
    def tag(self) -> Tag | None:
        return TAGS.get(self.state)


@dataclass(frozen=True)
class Mark:
    """A date in the picture: how far along (0 to 100), how far down (pixels), which shape."""

    x: float
    y: int
    number: int
    state: State


@dataclass(frozen=True)
class Lane:
    """The line of one agreement, with the marks of its dates."""

    label: Link | None
    marks: Sequence[Mark]

    @property
    def height(self) -> int:
        """In pixels."""
        return max((mark.y for mark in self.marks), default=0) + ROW // 2 + BASE


class Picture:
    """Dates up to a last day, one line for each agreement; the table has them in order of time.

    What is late from before the first day stands at the picture's edge.
    """

    def __init__(self, entries: Iterable[Entry], first: date, last: date, today: date) -> None:
        self.first, self.last, self.today = first, last, today
        ordered = sorted((e for e in entries if e.day <= last), key=lambda entry: entry.day)
        self.entries = [replace(each, number=n) for n, each in enumerate(ordered, start=1)]

    @property
    def months(self) -> list[Month]:
        return months_between(self.first, self.last)

    @property
    def today_at(self) -> float | None:
        """Where today is; None when it is outside."""
        inside = self.first <= self.today <= self.last
        return place(self.today, self.first, self.last) if inside else None

    @cached_property
    def lanes(self) -> list[Lane]:
        of_lane: dict[Link | None, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            of_lane[entry.lane].append(entry)
        return [Lane(label, self._marks(entries)) for label, entries in of_lane.items()]

    @property
    def legend(self) -> dict[State, str]:
        """The shapes that the picture has, with what they say."""
        used = {entry.state for entry in self.entries}
        return {state: words for state, words in STATES.items() if state in used}

    @property
    def summary(self) -> str:
        """What the picture says to who cannot see it: "5 dates, 1 late. …"."""
        late = sum(entry.state == "late" for entry in self.entries)
        more = f", {late} late" if late else ""
        return f"{plural(len(self.entries), 'date')}{more}. The table below has each of them."

    @property
    def columns(self) -> list[Column]:
        last = ["Agreement"] if self._has_lanes else ["Who", "Clause"]
        return [Column(name) for name in ["Date", "What", *last]]

    @property
    def rows(self) -> list[list[Cell]]:
        return [self._row(entry) for entry in self.entries]

    @property
    def _has_lanes(self) -> bool:
        return any(entry.lane for entry in self.entries)

    def _row(self, entry: Entry) -> list[Cell]:
        cells = [
            Cell(f"{entry.number}. {day_short(entry.day)}", tag=entry.tag, under=entry.note),
            Cell(entry.what, href=entry.href, under=entry.working),
        ]
        if self._has_lanes:
            return [*cells, _linked(entry.lane)]
        return [*cells, Cell(entry.who[:1].upper() + entry.who[1:]), _linked(entry.clause)]

    def _marks(self, entries: Sequence[Entry]) -> list[Mark]:
        places = [place(entry.day, self.first, self.last) for entry in entries]
        return [
            Mark(x, ROW // 2 + ROW * row, entry.number, entry.state)
            for x, row, entry in zip(places, rows_of(places), entries, strict=True)
        ]


def _linked(link: Link | None) -> Cell:
    return Cell(link.text, href=link.href) if link else Cell()
