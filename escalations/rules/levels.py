"""The levels of an agreement's terms, and how long a disagreement has been at each (A24).

Days are London calendar days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from agreements.terms import Level, Terms
from deadlines.rules.working_days import Holidays, working_days_between
from escalations.models import Disagreement, Step
from house.clock import london_day
from nhsuk.words import plural

Kind = Step.Kind


def level_of(terms: Terms, key: str) -> Level:
    """The level of this key. Raises LookupError for one that the terms do not have."""
    found = next((level for level in terms.levels if level.key == key), None)
    if found is None:
        raise LookupError(f"The terms have no level {key!r}.")
    return found


def above(terms: Terms, key: str) -> list[Level]:
    """The levels above this one, the next first; none for the top."""
    return list(terms.levels[_place(terms, key) + 1 :])


def up_to(terms: Terms, key: str) -> list[Level]:
    """This level and those below it."""
    return list(terms.levels[: _place(terms, key) + 1])


def skipped(terms: Terms, key: str, target: str) -> list[Level]:
    """The levels between the two, which a step from one to the other leaves out."""
    return list(terms.levels[_place(terms, key) + 1 : _place(terms, target)])


def is_top(terms: Terms, key: str) -> bool:
    return not above(terms, key)


def _place(terms: Terms, key: str) -> int:
    return terms.levels.index(level_of(terms, key))


@dataclass(frozen=True)
class Stay:
    """The time a disagreement spent at one level; `until` is None while it is there."""

    since: datetime
    until: datetime | None

    def days(self, today: date) -> int:
        return (self._last(today) - london_day(self.since)).days

    def working_days(self, today: date, holidays: Holidays) -> int:
        """The working days after the first, up to and including the last."""
        return working_days_between(london_day(self.since), self._last(today), holidays)

    def words(self, today: date, holidays: Holidays) -> str:
        """ "12 days (8 working days)"; "less than a day"."""
        days = self.days(today)
        if not days:
            return "less than a day"
        return (
            f"{plural(days, 'day')} ({plural(self.working_days(today, holidays), 'working day')})"
        )

    def _last(self, today: date) -> date:
        return london_day(self.until) if self.until else today


def stays(disagreement: Disagreement, steps: Iterable[Step]) -> dict[str, Stay]:
    """Level key -> how long it was there, for the levels that it came to. `steps` are in order."""
    moves = [step for step in steps if step.kind == Kind.TAKEN_UP]
    arrived = [(terms_first(disagreement.terms), disagreement.opened_at)]
    arrived += [(move.target, move.at) for move in moves]
    left = [*(move.at for move in moves), disagreement.closed_at]
    return {key: Stay(since, until) for (key, since), until in zip(arrived, left, strict=True)}


def terms_first(terms: Terms) -> str:
    """The key of the level at which every disagreement begins."""
    return terms.levels[0].key
