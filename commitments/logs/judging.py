"""What logs have of the last year, for the answer to "is this kept?"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Q, Subquery

from agreements.core.counted import counted_in
from agreements.models import Agreement
from commitments.logs.queries import that_stand
from commitments.models import LogEntry, LogShare
from house import clock
from house.lists_in_rows import instant, rows_below

State = LogEntry.State
# A duty that goes on for ever is judged by its last year.
LOOKED_AT: Final = timedelta(days=365)


@dataclass(frozen=True)
class Noted:
    """An entry of the last year, or an open risk; or one that was passed on to the agreement."""

    kind: str
    by: int
    on: date
    is_open: bool = True
    review_on: date | None = None
    is_passed_on: bool = False


def counted() -> dict[str, Subquery]:
    """What the answers rest on, read with the agreement."""
    since = clock.today() - LOOKED_AT
    recent = Q(happened_on__gte=since) | Q(kind=LogEntry.Kind.RISK, state=State.OPEN)
    own = LogEntry.objects.that_count().filter(recent)
    begins = clock.now() - LOOKED_AT
    shares = LogShare.objects.filter(that_stand(), shared_at__gte=begins)
    others = shares.exclude(entry__state=State.IN_ERROR)
    return {
        "logged": rows_below(
            own, "agreement", "kind", "recorded_for", "happened_on", "state", "review_on"
        ),
        "logs_passed_on": rows_below(others, "agreement", "entry__kind", "shared_for", "shared_at"),
    }


def noted(agreements: Collection[Agreement]) -> dict[int, list[Noted]]:
    """Agreement id -> what its log has (no query where a page read it with the agreements)."""
    found: dict[int, list[Noted]] = defaultdict(list)
    for pk, each in counted_in(agreements, counted()).items():
        found[pk] = [_own(*row) for row in each["logged"] or ()]
        found[pk] += [_passed_on(*row) for row in each["logs_passed_on"] or ()]
    return found


def _own(kind: str, by: int, on: str, state: str, review_on: str | None) -> Noted:
    review = date.fromisoformat(review_on) if review_on else None
    return Noted(kind, by, date.fromisoformat(on), state == State.OPEN, review)


def _passed_on(kind: str, by: int, at: str) -> Noted:
    moment = instant(at)
    assert moment  # noqa: S101 - each was passed on at some instant
    return Noted(kind, by, clock.london_day(moment), is_passed_on=True)
