"""Where the days of a year stand in its picture. Places are hundredths of the picture's width,
so that it fits every screen while its words keep their size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from house.months import months_after
from nhsuk.dates import MONTHS

# How wide a mark is on a screen of 320 pixels; marks that are nearer to each other stand in rows.
MARK = 13.0
# How wide a month's name is there, of which every other one is left out.
NAME = 6.0
# A month that the picture begins later in than this has no room for its name.
MIDDLE = 15
NOVEMBER = 11


@dataclass(frozen=True)
class Month:
    """The first day of a month in the picture, with its year where that begins.

    Every other month is `minor`: without its name where there is little room.
    """

    place: float
    name: str
    year: str
    minor: bool


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


def months_between(first: date, last: date) -> list[Month]:
    """The months of the picture, from its first day on; none that has no room for its name."""
    begins = first if first.day <= MIDDLE else months_after(first.replace(day=1), 1)
    found: list[Month] = []
    while (at := place(begins, first, last)) <= 100 - NAME:
        # The first month says its year unless January says the next one right after it.
        says = begins.month == 1 or (not found and begins.month < NOVEMBER)
        year = str(begins.year) if says else ""
        found.append(Month(at, MONTHS[begins.month - 1][:3], year, minor=bool(len(found) % 2)))
        begins = months_after(begins.replace(day=1), 1)
    return found


def rows_of(places: Sequence[float]) -> list[int]:
    """The row of each mark, from 0, so that no two of a row overlap. Places in rising order."""
    ends: list[float] = []
    rows = []
    for at in places:
        row = next((n for n, end in enumerate(ends) if end <= at), len(ends))
        ends[row : row + 1] = [at + MARK]
        rows.append(row)
    return rows
