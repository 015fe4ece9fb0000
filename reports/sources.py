"""Which rooms a report counts from, and which agreements: on a list, so that nothing comes in by
being there (A22, E18; record 0080).

Practice concerns are not on the list, and are never to be: they are read by named people alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from agreements.models import Agreement, Version
from agreements.terms import Terms
from house.answers import Measure
from house.once import read_together
from house.room import Room
from house.rooms import rooms

# The rooms that are asked, in the order in which a report shows what they answer.
SOURCES: Final = (
    "meetings",
    "communications",
    "communications.heads_ups",
    "performance",
    "commitments",
    "commitments.owed",
    "agreements.reviews",
    "agreements.contacts",
    "escalations",
)
# So many agreements are asked about together: their rows are in memory at once.
TOGETHER: Final = 200


def is_never_performance(terms: Terms) -> bool:
    """Whether the text says that reporting is never performance management (E18): registers then
    count its agreements as unsigned, past review or past end, and no report how they were kept."""
    return terms.never_performance


def counts(agreement: Agreement) -> bool:
    """Whether reports count how it was kept; its version in force is at hand."""
    version: Version | None = agreement.in_force_version
    return version is not None and not is_never_performance(version.typed_terms)


def measured(agreements: Sequence[Agreement], since: date, until: date) -> dict[int, list[Measure]]:
    """Agreement id -> how it was kept in these days, by every room on the list (a fixed number of
    queries for each two hundred agreements)."""
    found: dict[int, list[Measure]] = defaultdict(list)
    for some in in_parts([each for each in agreements if counts(each)]):
        with read_together():
            for room in _asked():
                for pk, measures in room.measures(some, since, until).items():
                    found[pk] += measures
    return found


def _asked() -> list[Room]:
    by_name = {room.name: room for room in rooms()}
    return [by_name[name] for name in SOURCES if name in by_name]


def in_parts(agreements: Sequence[Agreement]) -> Iterable[Sequence[Agreement]]:
    """So many at a time, that what is read about them stays small."""
    return (agreements[begin : begin + TOGETHER] for begin in range(0, len(agreements), TOGETHER))
