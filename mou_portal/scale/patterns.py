"""The patterns: one agreement of each kind, with what its parties have done about it since.

Each is made by the services. `share` says how many of a thousand agreements are like it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from agreements.models import Agreement
from agreements.versions.services.versions import recall, stop_preparing
from mou_portal.demonstration.acts import days_ago
from mou_portal.scale.acts import (
    TITLES,
    Sides,
    approved,
    asked,
    by,
    drafted,
    frozen,
    in_force,
    sent,
    signed,
    time_passes,
)
from mou_portal.scale.keeping import (
    announced,
    contacts_confirmed,
    disagreed,
    met,
    planned,
    reviewed,
    with_actions,
)


@dataclass(frozen=True)
class Pattern:
    """So many of a thousand agreements, between so many parties, are made by `make(sides)`."""

    share: int
    parties: int
    make: Callable[[Sides], None]


def patterns() -> list[Pattern]:
    """With two parties at several ages, with three, and a few with ten."""
    of_two = (
        Pattern(share, 2, partial(make, TITLES[place % len(TITLES)], ago))
        for make, share, ages in (
            (kept, 80, (60, 130, 200, 270, 340)),
            (busy, 80, (75, 160, 245, 330)),
            (second_year, 70, (400,)),
            (prepared, 20, (5, 30)),
            (out_for_approval, 20, (12, 40)),
            (out_for_signature, 15, (8, 25)),
            (stopped, 10, (90,)),
        )
        for place, ago in enumerate(ages)
    )
    return [
        *of_two,
        Pattern(60, 3, partial(kept, TITLES[0], 210)),
        Pattern(20, 3, partial(busy, TITLES[1], 300)),
        Pattern(10, 10, partial(kept, TITLES[2], 250)),
    ]


def kept(title: str, ago: int, sides: Sides) -> None:
    """In force, and everything done in time."""
    agreement = in_force(sides, title, ago=ago)
    _first_year(sides, agreement, ago)
    time_passes()


def busy(title: str, ago: int, sides: Sides) -> None:
    """In force, with an action that is late, an announcement to come and a disagreement."""
    agreement = in_force(sides, title, ago=ago)
    _first_year(sides, agreement, ago)
    with days_ago(55):
        with_actions(sides, agreement, due_in=20)
    with days_ago(20):
        disagreed(sides, agreement)
    with days_ago(3):
        planned(sides, agreement)
    time_passes()


def second_year(title: str, ago: int, sides: Sides) -> None:
    """In force for longer than a year: reviewed once, as the terms ask."""
    agreement = in_force(sides, title, ago=ago)
    _first_year(sides, agreement, ago)
    time_passes(until=ago - 360)
    with days_ago(ago - 362):
        reviewed(sides, agreement)
    time_passes()


def _first_year(sides: Sides, agreement: Agreement, ago: int) -> None:
    if ago > 50:
        with days_ago(ago - 40):
            with_actions(sides, agreement, due_in=90, done=True)
            announced(sides, agreement)
    time_passes(until=max(ago - 150, 0))
    if ago > 150:
        with days_ago(ago - 150):
            met(sides, agreement)
            contacts_confirmed(sides, agreement)


def prepared(title: str, ago: int, sides: Sides) -> None:
    """A draft, after its first version was called back."""
    with days_ago(ago):
        agreement = drafted(sides, title)
        version = frozen(sides, agreement)
    with days_ago(ago - 4), by(sides[1]) as other:
        recall(by=other, version=version, because="We want to meet each month.")
    time_passes()


def out_for_approval(title: str, ago: int, sides: Sides) -> None:
    """Approved by the area team alone."""
    with days_ago(ago):
        version = frozen(sides, drafted(sides, title))
        sent(sides, version)
    with days_ago(ago - 5):
        approved(sides[:1], version)
    time_passes()


def out_for_signature(title: str, ago: int, sides: Sides) -> None:
    """Signed by the area team alone."""
    with days_ago(ago + 30):
        version = frozen(sides, drafted(sides, title))
        sent(sides, version)
    with days_ago(ago + 10):
        approved(sides, version)
    with days_ago(ago):
        first, *_ = asked(sides, version)
        signed(*first)
    time_passes()


def stopped(title: str, ago: int, sides: Sides) -> None:
    """A draft that nobody will sign."""
    with days_ago(ago):
        agreement = drafted(sides, title)
    with days_ago(ago - 20), by(sides[0]) as manager:
        stop_preparing(by=manager, agreement=agreement, because="The premises were sold.")
