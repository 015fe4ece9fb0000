"""Until when an MoU that has ended is kept, as days of London.

The NHS Records Management Code of Practice (2021, updated 2023) asks in its schedule that contracts
are kept for six years from their end, and that a person then decides; nothing is destroyed by
itself. The periods are the shortest ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from house.clock import months_after

SOURCE: Final = "NHS Records Management Code of Practice"
# By law public records are kept no longer without an approval of their own.
LONGEST_YEARS: Final = 20


def kept_until(last_day: date, years: int, longer: Iterable[date] = ()) -> date:
    """The last day on which it is kept without anybody deciding: so many years after its last day,
    or later where a party decided so."""
    return max([months_after(last_day, 12 * years), *longer])


def decide_from(until: date) -> date:
    """The first day on which it may be decided what becomes of it."""
    return until + timedelta(days=1)


def longest_until(last_day: date) -> date:
    """The latest day until which parties may decide to keep it."""
    return months_after(last_day, 12 * LONGEST_YEARS)


def ended_by(today: date, years: int) -> date:
    """The latest last day of those for which the time is over today, or would be tomorrow.

    For a look-up in the database; `decide_from` says it of one.
    """
    return months_after(today, -12 * years)
