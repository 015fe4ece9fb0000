"""The forward plan as a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from communications.models import Announcement, ConcernedAgreement, ReleasedTo
from communications.models.announcements import is_named
from house.clock import london_day, london_instant, months_after
from parties.acting import Acting

# A month of more than this is no picture any more; the list has them all.
MOST_IN_MONTH = 200


@dataclass(frozen=True)
class Falling:
    """Something of an announcement at one instant: its release, or a draft to be shared by then."""

    announcement: Announcement
    at: datetime
    is_release: bool

    @property
    def what(self) -> str:
        """What falls there, as it stands behind the time of day."""
        if not self.is_release:
            return "share by"
        if self.announcement.is_released:
            return "released"
        return "release" if self.announcement.is_open else "withdrawn"


def falling_into(acting: Acting, year: int, month: int) -> dict[date, list[Falling]]:
    """London day -> what falls on it, in order of time (five queries). The first so many."""
    first = date(year, month, 1)
    begin, end = _midnight(first), _midnight(months_after(first, 1))
    found: dict[date, list[Falling]] = {}
    falling = [*_releases(acting, begin, end), *_share_bys(acting, begin, end)]
    for each in sorted(falling, key=_order)[:MOST_IN_MONTH]:
        found.setdefault(london_day(each.at), []).append(each)
    return found


def _midnight(day: date) -> datetime:
    return london_instant(day, time(0))


def _order(falling: Falling) -> tuple[datetime, int]:
    return falling.at, falling.announcement.pk


def _releases(acting: Acting, begin: datetime, end: datetime) -> Sequence[Falling]:
    """A released one stands where it was released, another where its release is planned."""
    planned = Announcement.objects.filter(
        release=None, planned_for__gte=begin, planned_for__lt=end
    ).order_by("planned_for")
    released = ReleasedTo.objects.visible_to(acting).filter(
        released_at__gte=begin, released_at__lt=end
    )
    # Each way to see one has an index; one query with all three would read every announcement.
    ids = (
        planned.filter(owner=acting.organisation_id or 0).values_list("pk", flat=True),
        planned.filter(is_named(acting, "drafts__shares__")).values_list("pk", flat=True),
        released.order_by("released_at").values_list("announcement", flat=True),
    )
    first = {pk for each in ids for pk in each[:MOST_IN_MONTH]}
    rows = Announcement.objects.filter(pk__in=first).select_related("release", "owner")
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
        for row in rows.select_related("announcement").order_by("share_by")[:MOST_IN_MONTH]
    }
    return [Falling(row, at, False) for (_, at), row in moments.items() if at]
