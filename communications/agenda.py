"""What the next meeting hears of announcements: those that came at short notice (A10, A18)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, time, timedelta

from django.db.models import F, Q

from agreements.models import Agreement
from communications.models import Announcement, ConcernedAgreement
from communications.presenters.words import called, url_of
from house.clock import london_instant
from house.room import AgendaPoint

MIDNIGHT = time(0)


def agenda_points(
    agreements: Sequence[Agreement], since: date, until: date
) -> dict[int, list[AgendaPoint]]:
    """Agreement id -> what was released in these days after less than the lead time (one query).

    Only what is released, which all parties to the agreement may see.
    """
    missed = Q(reached_at=None) | Q(reached_at__gt=F("share_by"))
    rows = ConcernedAgreement.objects.filter(
        missed,
        agreement__in=agreements,
        announcement__state=Announcement.State.RELEASED,
        announcement__release__released_at__gte=london_instant(since, MIDNIGHT),
        announcement__release__released_at__lt=london_instant(until + timedelta(days=1), MIDNIGHT),
    )
    found: dict[int, list[AgendaPoint]] = defaultdict(list)
    for row in rows.select_related("announcement").order_by("announcement__release__released_at"):
        found[row.agreement_id].append(_point(row.announcement))
    return found


def _point(announcement: Announcement) -> AgendaPoint:
    sentence = f"The {called(announcement)} came at short notice."
    return AgendaPoint(sentence, url_of(announcement))
