"""Quarters, and shares of what was met. Days are London's (B15).

A quarter is one of the calendar: January to March, April to June, and so on. NHS years are divided
so, and a report of many agreements has one beginning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from house.clock import months_after
from nhsuk.dates import MONTHS

MONTHS_OF_ONE: Final = 3
# A trend shows so many, the one that it is about among them.
OF_A_TREND: Final = 8


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of the calendar, by its first day."""

    first: date

    @property
    def last(self) -> date:
        return self.moved(1).first - timedelta(days=1)

    @property
    def label(self) -> str:
        """ "January to March 2014"."""
        return f"{MONTHS[self.first.month - 1]} to {MONTHS[self.last.month - 1]} {self.first.year}"

    @property
    def in_short(self) -> str:
        """ "Jan to Mar 2014"."""
        names = (MONTHS[self.first.month - 1][:3], MONTHS[self.last.month - 1][:3])
        return f"{names[0]} to {names[1]} {self.first.year}"

    def moved(self, quarters: int) -> Quarter:
        """So many quarters later, or earlier for a number below none."""
        return Quarter(months_after(self.first, MONTHS_OF_ONE * quarters))


def quarter_of(day: date) -> Quarter:
    """The quarter in which a day lies."""
    return Quarter(date(day.year, day.month - (day.month - 1) % MONTHS_OF_ONE, 1))


def last_over(today: date) -> Quarter:
    """The newest quarter of which every day has passed."""
    return quarter_of(today).moved(-1)


def first_whole(begun: date) -> Quarter:
    """The first quarter of which no day is before this one."""
    found = quarter_of(begun)
    return found if found.first == begun else found.moved(1)


def trend_to(quarter: Quarter) -> list[Quarter]:
    """The quarters of a trend, the oldest first."""
    return [quarter.moved(-number) for number in reversed(range(OF_A_TREND))]


def percent(met: int, of: int) -> int | None:
    """Whole per cent, rounded down: all that is less than all is less than 100. None of nothing."""
    return met * 100 // of if of else None
