"""After an upgrade: what series owe is looked at again where a scheduled meeting was not recorded.

Before, such a meeting covered what was owed until its period ended, and nobody looked earlier.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from deadlines.models import Deadline
from deadlines.rules.periods import ONE_DAY
from house import clock
from meetings.models import Meeting, Series, Turn
from meetings.queries.sides import agreements_of
from meetings.rules.standing import RECORDED_WITHIN
from meetings.services.due import OWED_KEY, keep_owed, subject_of
from meetings.services.locking import lock_series


def make_up_for_looks() -> Iterator[str]:
    """Gives the references of the agreements for which anything changed; a second run changes
    nothing."""
    for series in Series.objects.running().filter(pk__in=_to_look_at()).order_by("pk"):
        with transaction.atomic():
            current = lock_series(series)
            before = _as_stored(current)
            keep_owed(current)
            changed = _as_stored(current) != before
        if changed:
            yield from (agreement.reference for agreement in agreements_of(current))


def _to_look_at() -> set[int]:
    """Series with a scheduled meeting that covers nothing any more, or ceases to before a look."""
    rows = Meeting.objects.scheduled().order_by().values_list("series", "day", "series__turn__on")
    ends = ((pk, day + RECORDED_WITHIN + ONE_DAY, on) for pk, day, on in rows.iterator())
    today = clock.today()
    return {pk for pk, end, on in ends if end <= today or on is None or end < on}


def _as_stored(series: Series) -> tuple[list[Any], list[Any]]:
    """When it is looked at next, and its lines on Home."""
    owed = Deadline.objects.still_open().filter(kind=OWED_KEY, subject_key=subject_of(series))
    turns = Turn.objects.filter(series=series).values_list("on")
    return list(turns), list(owed.order_by("pk").values_list("line"))
