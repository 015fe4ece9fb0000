"""Announcements and heads-ups that are under way, read together."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Count, Q, QuerySet, Value

from communications.heads_ups.services.leaving import kept_by as heads_ups_kept_by
from communications.models import Announcement, HeadsUp
from communications.models.announcements import OPEN
from communications.services.leaving import kept_by
from parties.models import Organisation, Person

Planned = Announcement | HeadsUp
COLUMNS = ("pk", "public_id", "kind", "planned_for")


def planned_for_person(person: Person, organisation: Organisation, most: int) -> list[Planned]:
    """Those that the person sees to for the organisation, by planned time (one query). Each has
    what names it, and no more."""
    what: dict[str, Any] = {"announcement": Announcement, "heads_up": HeadsUp}
    announcements = _columns(kept_by(person, organisation), "announcement")
    heads_ups = _columns(heads_ups_kept_by(person, organisation), "heads_up")
    rows = announcements.union(heads_ups)
    in_order = rows.order_by("planned_for", "pk")[:most]
    return [what[of](**dict(zip(COLUMNS, row, strict=True))) for *row, of in in_order]


def _columns(rows: QuerySet[Any], of: str) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(*COLUMNS, Value(of, CharField()))


def planned_by(organisation: Organisation) -> tuple[int, int]:
    """How many announcements and heads-ups the organisation has under way (one query)."""
    announcements = Q(announcements__state__in=OPEN)
    heads_ups = Q(heads_ups__state=HeadsUp.State.PLANNED)
    rows = Organisation.objects.filter(pk=organisation.pk).annotate(
        announced=Count("announcements", filter=announcements, distinct=True),
        told_of=Count("heads_ups", filter=heads_ups, distinct=True),
    )
    found: tuple[int, int] = rows.values_list("announced", "told_of").get()
    return found
