"""The levels of an agreement's terms, how long a disagreement has been at each, and which proposals
can be accepted there (A24). Days are London calendar days.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from agreements.models import Party
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


def present(disagreement: Disagreement) -> Level:
    """The level at which it is, or was closed."""
    return level_of(disagreement.terms, disagreement.level)


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


@dataclass
class Proposal:
    """A proposal with who accepted it. Its own side did, by making it."""

    step: Step
    acceptances: list[Step] = field(default_factory=list)
    # The same side made a newer one, or it was left behind at a lower level.
    replaced: bool = False

    @property
    def accepted_by(self) -> set[int]:
        """The ids of the parties that accepted."""
        return {acceptance.party_id for acceptance in self.acceptances}

    def waits_for(self, parties: Iterable[Party]) -> list[Party]:
        return [party for party in parties if party.pk not in self.accepted_by]


def proposals(steps: Sequence[Step], level: str) -> list[Proposal]:
    """Every proposal in the order made. At each level the newest of each side stands."""
    found = {step.pk: Proposal(step) for step in steps if step.kind == Kind.PROPOSAL}
    newest = {(each.step.party_id, each.step.level): each for each in found.values()}
    for each in found.values():
        of_side = newest[each.step.party_id, each.step.level]
        each.replaced = each.step.level != level or each is not of_side
    for step in steps:
        if step.kind == Kind.ACCEPTANCE and step.about_id in found:
            found[step.about_id].acceptances.append(step)
    return list(found.values())


def standing(steps: Sequence[Step], level: str) -> list[Proposal]:
    """Those that can be accepted now."""
    return [each for each in proposals(steps, level) if not each.replaced]


def awaited(steps: Sequence[Step], level: str, parties: Collection[Party]) -> list[Party]:
    """The sides whose turn it is: those with a proposal to answer, or all while there is none."""
    open_ones = standing(steps, level)
    asked = {party.pk for each in open_ones for party in each.waits_for(parties)}
    return [party for party in parties if not asked or party.pk in asked]
