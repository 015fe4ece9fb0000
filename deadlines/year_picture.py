"""The year's picture of dates and the table beside it: the same dates, numbered, in both.

Places along the picture are hundredths of its width, so that it fits every screen while its words
keep their size.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from house.clock import months_after
from nhsuk.components import Link, Tag
from nhsuk.dates import MONTHS
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
# How wide a mark is on a screen of 320 pixels, and on one of a tablet or wider. Marks that are
# nearer to each other stand in rows.
MARKS = {"narrow": 13.0, "wide": 4.5}
# How wide a month's name is there, of which every other one is left out.
NAME = 6.0
# A month that the picture begins later in than this has no room for its name.
MIDDLE = 15
NOVEMBER = 11


@dataclass(frozen=True)
class PictureEntry:
    """A date: what is due, who sees to it, which clause says so, how it follows.

    `lane` is the agreement that it belongs to, where a picture has several; `note` is how far it
    is, or when it was done; `way` leads to where one sees to it.
    """

    day: date
    what: str
    state: State = "due"
    who: str = ""
    clause: Link | None = None
    working: str = ""
    note: str = ""
    way: Link | None = None
    lane: Link | None = None
    number: int = 0

    @property
    def tag(self) -> Tag | None:
        return TAGS.get(self.state)


@dataclass(frozen=True)
class MonthMark:
    """The first day of a month in the picture, with its year where that begins.

    Every other month is `minor`: without its name where there is little room.
    """

    place: float
    name: str
    year: str
    minor: bool


@dataclass(frozen=True)
class Mark:
    """A date in the picture: how far along (0 to 100), how far down (pixels), which shape."""

    x: float
    y: int
    number: int
    state: State


@dataclass(frozen=True)
class Layout:
    """The marks of a line as a narrow screen shows them, or a wide one."""

    screen: str
    marks: Sequence[Mark]

    @property
    def height(self) -> int:
        """In pixels."""
        return max((mark.y for mark in self.marks), default=0) + ROW // 2 + BASE


@dataclass(frozen=True)
class Lane:
    """The line of one agreement, once for each kind of screen."""

    label: Link | None
    layouts: Sequence[Layout]


class Picture:
    """Dates up to a last day, one line for each agreement; the table has them in order of time.

    What is late from before the first day stands at the picture's edge.
    """

    def __init__(
        self, entries: Iterable[PictureEntry], first: date, last: date, today: date
    ) -> None:
        self.first, self.last, self.today = first, last, today
        ordered = sorted((e for e in entries if e.day <= last), key=lambda entry: entry.day)
        self.entries = [replace(each, number=n) for n, each in enumerate(ordered, start=1)]

    @property
    def months(self) -> list[MonthMark]:
        return months_between(self.first, self.last)

    @property
    def today_at(self) -> float | None:
        """Where today is; None when it is outside."""
        inside = self.first <= self.today <= self.last
        return place(self.today, self.first, self.last) if inside else None

    @cached_property
    def lanes(self) -> list[Lane]:
        of_lane: dict[Link | None, list[PictureEntry]] = defaultdict(list)
        for entry in self.entries:
            of_lane[entry.lane].append(entry)
        return [
            Lane(label, [Layout(screen, self._marks(entries, MARKS[screen])) for screen in MARKS])
            for label, entries in of_lane.items()
        ]

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
    def has_lanes(self) -> bool:
        """Whether it has dates of several agreements."""
        return any(entry.lane for entry in self.entries)

    def _marks(self, entries: Sequence[PictureEntry], wide: float) -> list[Mark]:
        places = [place(entry.day, self.first, self.last) for entry in entries]
        return [
            Mark(x, ROW // 2 + ROW * row, entry.number, entry.state)
            for x, row, entry in zip(places, rows_of(places, wide), entries, strict=True)
        ]


def agreement_year(start_on: date, today: date) -> tuple[date, date]:
    """The year of the agreement that holds today: from one anniversary to the next, both included.

    Before the start it is the first one. The anniversary of 29 February is 28 February.
    """
    number = max(0, today.year - start_on.year)
    if number and months_after(start_on, 12 * number) > today:
        number -= 1
    return months_after(start_on, 12 * number), months_after(start_on, 12 * (number + 1))


def place(day: date, first: date, last: date) -> float:
    """0 for the first day, 100 for the last; a day outside stands at the nearer edge."""
    inside = min(max(day, first), last)
    return round(100 * (inside - first).days / (last - first).days, 2)


def months_between(first: date, last: date) -> list[MonthMark]:
    """The months of the picture, from its first day on; none that has no room for its name."""
    begins = first if first.day <= MIDDLE else months_after(first.replace(day=1), 1)
    found: list[MonthMark] = []
    while (at := place(begins, first, last)) <= 100 - NAME:
        # The first month says its year unless January says the next one right after it.
        says = begins.month == 1 or (not found and begins.month < NOVEMBER)
        year = str(begins.year) if says else ""
        found.append(MonthMark(at, MONTHS[begins.month - 1][:3], year, minor=bool(len(found) % 2)))
        begins = months_after(begins.replace(day=1), 1)
    return found


def rows_of(places: Sequence[float], wide: float) -> list[int]:
    """The row of each mark of this width, from 0, so that no two of a row overlap.

    Places in rising order.
    """
    ends: list[float] = []
    rows = []
    for at in places:
        row = next((n for n, end in enumerate(ends) if end <= at), len(ends))
        ends[row : row + 1] = [at + wide]
        rows.append(row)
    return rows
