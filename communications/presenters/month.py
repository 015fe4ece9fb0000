"""The forward plan by month: a table of weeks, from Monday to Sunday."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from communications.presenters.todos import url_of
from communications.queries.month import Falling, previous_and_next
from house import clock
from nhsuk.components import Link
from nhsuk.dates import MONTHS, clock_time, day

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FIRST_YEAR, LAST_YEAR = 2013, 2098


@dataclass(frozen=True)
class Entry:
    """One line of a day: the time, what falls on it, where it leads."""

    time: str
    what: str
    title: str
    href: str
    embargo: bool


@dataclass(frozen=True)
class Day:
    """One cell. `name` is the whole date, for narrow screens and for who cannot see the table."""

    number: int
    name: str
    in_month: bool
    is_today: bool
    entries: Sequence[Entry]


class Month:
    """One month for one reader."""

    weekdays = WEEKDAYS

    def __init__(self, year: int, month: int, falling: Mapping[date, Sequence[Falling]]) -> None:
        self.year, self.month = year, month
        self._falling = falling
        self._today = clock.today()

    @property
    def name(self) -> str:
        return _named(date(self.year, self.month, 1))

    @property
    def weeks(self) -> list[list[Day]]:
        dates = Calendar().monthdatescalendar(self.year, self.month)
        return [[self._day(each) for each in week] for week in dates]

    @property
    def is_empty(self) -> bool:
        return not self._falling

    @property
    def links(self) -> list[Link]:
        """To the months before and after, as far as there are any."""
        before, after = previous_and_next(self.year, self.month)
        ways = (("Previous month", before), ("Next month", after))
        return [
            Link(f"{text}: {_named(to)}", month_url(to))
            for text, to in ways
            if FIRST_YEAR <= to.year <= LAST_YEAR
        ]

    def _day(self, on: date) -> Day:
        in_month = on.month == self.month
        entries = [_entry(each) for each in self._falling.get(on, ())] if in_month else []
        name = f"{WEEKDAYS[on.weekday()]} {day(on)}"
        return Day(on.day, name, in_month, on == self._today, entries)


def month_url(on: date) -> str:
    return reverse("announcements:month", args=[on.year, on.month])


def _named(first: date) -> str:
    return f"{MONTHS[first.month - 1]} {first.year}"


def _entry(falling: Falling) -> Entry:
    announcement = falling.announcement
    done = announcement.is_released
    release = "Released" if done else "Withdrawn" if not announcement.is_open else "Release"
    return Entry(
        time=clock_time(falling.at),
        what=release if falling.is_release else "Share by",
        title=announcement.title,
        href=url_of(announcement),
        embargo=announcement.is_open,
    )
