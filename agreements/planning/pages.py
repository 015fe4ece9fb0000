"""The page "Plan back" of an agreement: from each date to come to a meeting and its papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from agreements.core.parties import sides_of
from agreements.models import Agreement
from agreements.planning.bodies import Deciding, deciding, shared_names
from agreements.planning.due import (
    PAPER_DUE,
    have_approved,
    key_of_date,
    party_and_number,
    plan_for,
)
from agreements.planning.rules import Plan
from agreements.planning.targets import Target, open_dates, targets_of
from deadlines.models import Deadline
from nhsuk.components import Tag
from nhsuk.dates import day
from nhsuk.words import and_list
from parties.acting import Acting
from parties.who import DATE_KEEPERS


@dataclass(frozen=True)
class PlanRow:
    """One body before one date. `paper` is the reader's own paper, once it is due or in."""

    of: Deciding
    plan: Plan | None
    is_own: bool
    may_keep: bool
    paper: Deadline | None = None

    @property
    def is_in(self) -> bool:
        return self.paper is not None and self.paper.state == Deadline.State.MET

    @property
    def tag(self) -> Tag | None:
        """What needs somebody."""
        if self.is_in:
            return Tag("Paper is in", "green")
        if self.plan is None or self.plan.outcome == "no_dates":
            return Tag("Dates not entered", "grey")
        return Tag("No meeting left in time", "red") if self.plan.outcome == "none_left" else None

    @property
    def without(self) -> str:
        """What stands in the place of a day for papers."""
        late = self.plan is not None and self.plan.outcome == "none_left"
        return "Too late" if late else "Not known"

    @property
    def sentences(self) -> Sequence[str]:
        """How it follows; of another party without what else stands in its diary."""
        if self.plan is None:
            return (f"{self.of.party.name} has no body of this name here.",)
        if self.is_own:
            return self.plan.sentences + self._more
        return (self.plan.working, *self._more)

    @property
    def _more(self) -> tuple[str, ...]:
        if self.plan and self.plan.meeting and self.plan.more_may_come:
            return ("No meeting after it is entered: a later one may be possible.",)
        return ()


@dataclass(frozen=True)
class DateOnPage:
    """A date to come with a row for each body that decides before it."""

    target: Target
    rows: list[PlanRow]

    @property
    def heading(self) -> str:
        return f"{self.target.what}: {day(self.target.on)}"

    @property
    def in_short(self) -> str:
        """What the soonest paper is, and where none is left."""
        none = [
            row.of.party.name for row in self.rows if row.plan and row.plan.outcome == "none_left"
        ]
        plans = [row.plan for row in self.rows if row.plan and not row.is_in]
        first = min((plan.papers_on for plan in plans if plan.papers_on), default=None)
        said = f"The first paper is due by {day(first)}." if first else ""
        if not none:
            return said
        who = and_list(none) if len(none) <= 3 else f"{len(none)} parties"
        return f"No meeting is left in time for {who}. {said}".strip()


class PlanBack:
    """The dates of one agreement planned back, for one reader."""

    def __init__(self, agreement: Agreement, acting: Acting, day: Target | None = None) -> None:
        self.agreement, self.acting, self.extra = agreement, acting, day
        self.bodies = [] if agreement.is_over else deciding(agreement)
        self.own = {party.pk for party in sides_of(agreement, acting)}
        self.keeps = DATE_KEEPERS.includes(acting)

    @cached_property
    def deadlines(self) -> list[Deadline]:
        """Those that the reader's organisation holds or watches."""
        if self.agreement.is_over:
            return []
        seen = Deadline.objects.visible_to(self.acting).values("pk")
        rows = open_dates(concerned__reference=self.agreement.reference, pk__in=seen)
        return list(rows.prefetch_related("holders"))

    @property
    def dates(self) -> Iterator[DateOnPage]:
        targets = targets_of(self.agreement, self.deadlines)
        for target in [*([self.extra] if self.extra else []), *targets]:
            rows = [self._row(target, each) for each in self.bodies if self._asks(target, each)]
            yield DateOnPage(target, rows)

    @property
    def shared(self) -> list[str]:
        """Bodies that decide for several parties: one paper serves them all."""
        return list(shared_names(self.bodies))

    def _asks(self, target: Target, of: Deciding) -> bool:
        if not target.asks(of.party.organisation.pk):
            return False
        return (target.key, of.party.pk) not in self._approved

    @cached_property
    def _approved(self) -> set[tuple[str, int]]:
        """Of a day to sign by, the parties that have approved the text already."""
        keys = {each.subject: f"{each.kind}-{each.due_on}" for each in self.deadlines}
        return {(keys[pk], party) for pk, party in have_approved(self.deadlines)}

    def _row(self, target: Target, of: Deciding) -> PlanRow:
        own = of.party.pk in self.own
        paper = self._papers.get((target.key, of.party.pk, of.number)) if own else None
        return PlanRow(of, plan_for(of, target.on), own, own and self.keeps, paper)

    @cached_property
    def _papers(self) -> dict[tuple[str, int, int], Deadline]:
        """The papers before these dates as they are due or in, by date, party and body."""
        dates = {key_of_date(each.pk): each for each in self.deadlines}
        rows = Deadline.objects.filter(subject_key__in=dates, kind=PAPER_DUE)
        found = {}
        for row in rows.exclude(state=Deadline.State.CANCELLED):
            date = dates[row.subject_key]
            party, number = party_and_number(row.occurrence)
            if row.occurrence.endswith(f":{date.generation}"):
                found[f"{date.kind}-{date.due_on}", party, number] = row
        return found
