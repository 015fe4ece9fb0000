"""What of the forward plan falls into one month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from communications.models import Announcement, ConcernedAgreement
from house.clock import london_day, london_instant
from house.months import months_after
from parties.acting import Acting


@dataclass(frozen=True)
class Falling:
    """Something of an announcement at one instant: its release, or a draft to be shared by then."""

    announcement: Announcement
    at: datetime
    is_release: bool


def falling_into(acting: Acting, year: int, month: int) -> dict[date, list[Falling]]:
    """London day -> what falls on it, in order of time (three queries)."""
    first = date(year, month, 1)
    begin, end = _midnight(first), _midnight(months_after(first, 1))
    found: dict[date, list[Falling]] = {}
    for each in [*_releases(acting, begin, end), *_share_bys(acting, begin, end)]:
        found.setdefault(london_day(each.at), []).append(each)
    return {day: sorted(each, key=_order) for day, each in found.items()}


def _midnight(day: date) -> datetime:
    return london_instant(day, time(0))


def _order(falling: Falling) -> tuple[datetime, int]:
    return falling.at, falling.announcement.pk


def _releases(acting: Acting, begin: datetime, end: datetime) -> Sequence[Falling]:
    """A released one stands where it was released, another where its release is planned."""
    inside = Q(release=None, planned_for__gte=begin, planned_for__lt=end)
    inside |= Q(release__released_at__gte=begin, release__released_at__lt=end)
    rows = Announcement.objects.visible_to(acting).filter(inside).select_related("release", "owner")
    return [
        Falling(row, row.release.released_at if row.is_released else row.planned_for, True)
        for row in rows.prefetch_related("owner__names")
    ]


def _share_bys(acting: Acting, begin: datetime, end: datetime) -> Sequence[Falling]:
    """What the reader's own organisation still has to share, once for each moment."""
    rows = ConcernedAgreement.objects.filter(
        announcement__in=Announcement.objects.still_open().filter(
            owner=acting.organisation_id or 0
        ),
        reached_at=None,
        share_by__gte=begin,
        share_by__lt=end,
    )
    moments = {
        (row.announcement_id, row.share_by): row.announcement
        for row in rows.select_related("announcement__owner")
    }
    return [Falling(row, at, False) for (_, at), row in moments.items()]


def previous_and_next(year: int, month: int) -> tuple[date, date]:
    """The first days of the months before and after."""
    first = date(year, month, 1)
    return (first - timedelta(days=1)).replace(day=1), months_after(first, 1)
