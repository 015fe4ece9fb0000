"""When something is owed, and how each time stands, from days alone (A21, B09).

Days are London calendar days. A time is owed of a whole period only: of one that had begun before
the agreement ran nobody promised anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from deadlines.rules.periods import YEAR, Period, numbered, period_of

State = Literal["not_due", "due", "met", "late", "missed", "excluded"]
# Of a timetable a time begins so long before its day, if its days do not begin sooner.
AHEAD: Final = timedelta(days=31)
# What was asked at a meeting and at a review within so many days was asked once.
AT_ONCE: Final = timedelta(days=45)
_MONTHS: Final = {"monthly": 1, "quarterly": 3}
_NUMBERS: Final = {"twice_a_year": 2}


@dataclass(frozen=True, order=True)
class Due:
    """One time that something is owed: of which days, which of several in them, and by when."""

    first: date
    last: date
    number: int
    on: date
    # From then on it is due; before, nobody has to see to it.
    begins: date

    @property
    def key(self) -> str:
        """Names it within its commitment, whatever its day becomes."""
        return f"{self.first.isoformat()}-{self.number}"


@dataclass(frozen=True)
class Counting:
    """How the times of a commitment follow from its cadence and its days."""

    cadence: str
    counts_from: date
    watched_from: date
    per_year: int | None = None
    due_on: date | None = None
    by_financial_year: bool = False
    # First day, last day and day due of each line; None where no timetable says the days.
    timetable: tuple[tuple[date, date, date], ...] | None = None
    # Nothing is owed that is due after the commitment ended.
    ended_on: date | None = None

    def until(self, day: date) -> list[Due]:
        """The times that have begun by this day, in order."""
        return [each for each in self._watched(day) if each.begins <= day]

    def after(self, day: date) -> Due | None:
        """The next one, which begins after this day; None where none is known."""
        later = (each for each in self._watched(self._next(day)) if each.begins > day)
        return next(later, None)

    def _watched(self, day: date) -> list[Due]:
        last = self.ended_on or date.max
        return sorted(each for each in self._all(day) if self.watched_from <= each.on <= last)

    def _all(self, day: date) -> Iterable[Due]:
        if self.cadence == "once":
            return self._once()
        if self.timetable is not None:
            return [_of_line(*line) for line in self.timetable]
        return self._of_periods(day)

    def _once(self) -> list[Due]:
        if self.due_on is None:
            return []
        first, on = self.counts_from, self.due_on
        return [Due(first, max(first, on), 1, on, first)]

    def _of_periods(self, day: date) -> Iterable[Due]:
        if self.cadence == "as_required":
            return
        count, number = self.per_year or _NUMBERS.get(self.cadence, 1), 0
        while (period := numbered(number, self._anchor, self.months)).first <= day:
            number += 1
            if period.first >= self.counts_from:
                yield from _in(period, count)

    def period_with(self, day: date) -> Period | None:
        """The month, quarter or year in which a day lies; None for one before the first began."""
        return period_of(day, self._anchor, self.months) if day >= self._anchor else None

    @property
    def months(self) -> int:
        """How long a period is."""
        return _MONTHS.get(self.cadence, YEAR)

    @property
    def _anchor(self) -> date:
        start = self.counts_from
        if not self.by_financial_year:
            return start
        return date(start.year if (start.month, start.day) >= (4, 1) else start.year - 1, 4, 1)

    def _next(self, day: date) -> date:
        """A day by which the period after that of `day` has begun."""
        return max(day, self.counts_from) + timedelta(days=31 * (self.months + 1))


def _in(period: Period, count: int) -> Iterable[Due]:
    first, last = period.first, period.last
    return (Due(first, last, number, last, first) for number in range(1, count + 1))


def _of_line(first: date, last: date, on: date) -> Due:
    return Due(first, last, 1, on, min(first, on - AHEAD))


def state_of(due: Due, outcome: str, done_on: date | None, today: date) -> State:
    """How one time stands; `outcome` is what was recorded of it, empty where nothing was.

    What was done after its day is late, however good the reason.
    """
    if outcome == "excluded":
        return "excluded"
    if outcome == "missed":
        return "missed"
    if outcome == "done" and done_on:
        return "met" if done_on <= due.on else "late"
    if today < due.begins:
        return "not_due"
    return "due" if today <= due.on else "missed"


def asked_since(asked: Sequence[date], watched_from: date) -> tuple[date | None, date]:
    """When standing commitments were last asked about, and from when on an answer counts for it.

    An answer counts that came after they were asked about the time before.
    """
    days = sorted((day for day in asked if day >= watched_from), reverse=True)
    if not days:
        return None, watched_from
    before = (day for day in days if days[0] - day > AT_ONCE)
    former = next(before, None)
    return days[0], former + timedelta(days=1) if former else watched_from
