"""The dates to come from which an agreement is planned back: a review, an end, a signature."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from agreements.changes.due import AGREEMENT_END, EXTENSION_DECISION
from agreements.core.due import REVIEW, SIGNATURE_AWAITED
from agreements.core.parties import version_of_terms
from agreements.models import Agreement
from deadlines.models import Deadline
from house import clock

# Kind of deadline -> what its date is called, and what a paper is about.
WHAT: Final = {
    EXTENSION_DECISION: ("Decision on an extension", "whether to extend"),
    AGREEMENT_END: ("End", "the end of"),
    REVIEW: ("Review", "the review of"),
    SIGNATURE_AWAITED: ("Day to sign by", "the signing of"),
}


@dataclass(frozen=True)
class Target:
    """A day by which bodies have decided. `only` are the organisations whose date it is, by id;
    empty means every party."""

    key: str
    what: str
    on: date
    only: frozenset[int] = frozenset()

    def asks(self, organisation: int) -> bool:
        return not self.only or organisation in self.only


def open_dates(**which: object) -> QuerySet[Deadline]:
    """The open deadlines from which one plans back, today and later."""
    rows = Deadline.objects.still_open().filter(kind__in=WHAT, due_on__gte=clock.today())
    return rows.filter(**which).order_by("due_on", "pk")


def targets_of(agreement: Agreement, deadlines: Iterable[Deadline]) -> list[Target]:
    """What these deadlines are dates of, each day of a kind once, the nearest first; before it is
    signed also the day from which the text is to hold. `holders` are at hand."""
    found: dict[tuple[str, date], Target] = {}
    for each in deadlines:
        assert each.due_on  # noqa: S101 - asked for with a day
        only = whose(each)
        before = found.get((each.kind, each.due_on))
        if before and before.only and only:
            only |= before.only
        target = Target(f"{each.kind}-{each.due_on}", WHAT[each.kind][0], each.due_on, only)
        found[each.kind, each.due_on] = target
    return sorted([*found.values(), *_start(agreement)], key=lambda target: target.on)


def whose(deadline: Deadline) -> frozenset[int]:
    """The organisations that sign by the day; of every other date it is all parties."""
    if deadline.kind != SIGNATURE_AWAITED:
        return frozenset()
    return frozenset(each.organisation_id for each in deadline.holders.all() if not each.watches)


def _start(agreement: Agreement) -> Iterator[Target]:
    if agreement.in_force_version_id or agreement.is_over:
        return
    starts_on = version_of_terms(agreement).typed_terms.period.starts_on
    if starts_on and starts_on >= clock.today():
        yield Target(f"start-{starts_on}", "With effect from", starts_on)
