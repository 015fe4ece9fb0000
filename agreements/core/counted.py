"""What rooms count of an agreement, read with the agreement itself (`Room.counted`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Expression, QuerySet, Subquery

from agreements.models import Agreement
from house.rooms import rooms
from parties.acting import Acting


def with_counted(rows: QuerySet[Agreement], acting: Acting) -> QuerySet[Agreement]:
    """The same rows with what all rooms count of each: one statement, however many rooms."""
    counted = {name: each for room in rooms() for name, each in room.counted(acting).items()}
    return rows.annotate(**counted)


def counted_in(
    agreements: Iterable[Agreement], counted: Mapping[str, Expression | Subquery]
) -> dict[int, dict[str, Any]]:
    """Agreement id -> name -> what was counted: at hand where the page read it with the agreement,
    else asked for (one query where any lacks it)."""
    rows = {each.pk: each for each in agreements}
    lacking = [pk for pk, each in rows.items() if not counted.keys() <= each.__dict__.keys()]
    found = {
        pk: {name: each.__dict__[name] for name in counted}
        for pk, each in rows.items()
        if pk not in lacking
    }
    if lacking:
        asked = Agreement.objects.filter(pk__in=lacking).order_by().annotate(**counted)
        for pk, *values in asked.values_list("pk", *counted):
            found[pk] = dict(zip(counted, values, strict=True))
    return found
