"""When all parties of agreements last met: at their wider meetings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final

from django.db.models import Q

from agreements.models import Agreement
from meetings.models import Meeting, Series, SeriesAgreement

MOST: Final = 6


def met_on(agreements: Sequence[Agreement]) -> dict[int, list[date]]:
    """Agreement id -> the days of its last wider meetings, the newest first (two queries)."""
    wider = Series.Purpose.WIDER
    of = Q(series__purpose=wider) | Q(instead_of__purpose=wider)
    rows = list(SeriesAgreement.objects.filter(of, agreement__in=agreements))
    days: dict[int, list[date]] = defaultdict(list)
    held = Meeting.objects.filter(
        state=Meeting.State.HELD, series__in={row.series_id for row in rows}
    )
    for series, day in held.order_by("-day").values_list("series", "day") if rows else ():
        days[series].append(day)
    found: dict[int, set[date]] = defaultdict(set)
    for row in rows:
        found[row.agreement_id].update(day for day in days[row.series_id] if row.serves_on(day))
    return {pk: sorted(each, reverse=True)[:MOST] for pk, each in found.items()}
