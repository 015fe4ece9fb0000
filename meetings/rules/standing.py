"""How many meetings a series owes, and how it stands with them, in words (A17, A18).

MoU years and their parts are runs of London calendar days, counted from the start of the MoU.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.rules.periods import YEAR, Period, before, period_of
from meetings.models import Cadence
from nhsuk.dates import day

# A scheduled meeting may still get its record so long after its day; then it covers nothing.
RECORDED_WITHIN = timedelta(days=14)
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_PARTS = {1: "month", 3: "quarter", YEAR: "MoU year"}


@dataclass(frozen=True)
class Owed:
    """So many meetings in each period of so many months."""

    number: int
    months: int

    @property
    def in_a_year(self) -> int:
        return self.number * YEAR // self.months


def owed_by(cadence: str, per_year: int | None) -> Owed | None:
    """What a cadence asks for; None for meetings that are held as required."""
    return {
        Cadence.MONTHLY: Owed(1, 1),
        Cadence.QUARTERLY: Owed(1, 3),
        Cadence.TWICE_A_YEAR: Owed(2, YEAR),
        Cadence.PER_YEAR: Owed(per_year or 1, YEAR),
    }.get(Cadence(cadence))


@dataclass(frozen=True)
class Standing:
    """How many of the owed meetings of one period were held."""

    owed: Owed
    period: Period
    held: int

    @property
    def missing(self) -> int:
        return max(0, self.owed.number - self.held)

    @property
    def sentence(self) -> str:
        """For the period that runs now: "One of two held this MoU year; one owed by 2 May 2014"."""
        if self.owed.months != YEAR:
            return self._of_part
        if not self.missing:
            return f"{self._counted} held this {self._part}."
        owed = f"{in_words(self.missing)} owed by {day(self.period.last)}"
        return f"{self._counted} held this {self._part}; {owed}."

    @property
    def past_sentence(self) -> str:
        """For a period that is over."""
        if self.owed.months == YEAR:
            return f"{self._counted} held in the {self._part} to {day(self.period.last)}."
        held = "Held" if self.held else "None held"
        return f"{held} in the {self._part} to {day(self.period.last)}."

    @property
    def working(self) -> str:
        """How the date follows."""
        number = in_words(self.owed.number)
        verb = "is" if self.owed.number == 1 else "are"
        first, last = day(self.period.first), day(self.period.last)
        return f"The {self._part} runs from {first} to {last}, and {number} {verb} owed in it."

    @property
    def _of_part(self) -> str:
        last = day(self.period.last)
        if self.held:
            return f"Held in the {self._part} to {last}."
        return f"One owed in the {self._part} to {last}."

    @property
    def _counted(self) -> str:
        if self.held > self.owed.number:
            return f"{in_words(self.held).capitalize()} instead of {in_words(self.owed.number)}"
        return f"{in_words(self.held).capitalize()} of {in_words(self.owed.number)}"

    @property
    def _part(self) -> str:
        return _PARTS[self.owed.months]


def standing_on(today: date, *, owed: Owed, start: date, held_on: Iterable[date]) -> Standing:
    """How the period of `today` stands; `held_on` are the days of all meetings that count."""
    return _standing(period_of(today, start, owed.months), owed, held_on)


def standing_before(
    today: date, *, owed: Owed, start: date, held_on: Iterable[date]
) -> Standing | None:
    """How the period before stood; None in the first."""
    current = period_of(today, start, owed.months)
    previous = before(current, start, owed.months)
    return _standing(previous, owed, held_on) if previous else None


def covers(scheduled: date, today: date) -> bool:
    """Whether a scheduled meeting can make up for one that is owed: it is to come, or was lately
    and may still be recorded."""
    return today <= scheduled + RECORDED_WITHIN


def in_words(number: int) -> str:
    """Up to ten as a word, then in digits."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _standing(period: Period, owed: Owed, held_on: Iterable[date]) -> Standing:
    return Standing(owed, period, sum(each in period for each in held_on))
