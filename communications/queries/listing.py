"""The forward plan as a list and as a month: what one may see, what is still to come first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, When

from agreements.models import Agreement
from communications.models import Announcement, ConcernedAgreement
from communications.models.announcements import OPEN
from house.clock import london_day, london_instant, months_after
from house.once import once_a_page
from parties.acting import Acting


@dataclass
class ListedAnnouncement:
    """One row: the announcement, and of the agreements that it touches those one may see."""

    announcement: Announcement
    concerned: list[ConcernedAgreement] = field(default_factory=list)

    @property
    def least(self) -> ConcernedAgreement | None:
        """The agreement whose other parties get the least notice."""
        return min(self.concerned, key=_margin, default=None)


def _margin(concerned: ConcernedAgreement) -> tuple[bool, float]:
    """Those that were never reached first, then by how far the share-by time was passed."""
    if concerned.reached_at is None:
        return (False, concerned.share_by.timestamp())
    return (True, (concerned.share_by - concerned.reached_at).total_seconds())


def found(acting: Acting, wanted: Mapping[str, Any]) -> QuerySet[Announcement]:
    """Those that match: to come by date, then released and withdrawn ones, the newest first."""
    rows = Announcement.objects.visible_to(acting).filter(_matching(acting, wanted))
    coming = Case(When(state__in=OPEN, then=F("planned_for")))
    return rows.annotate(coming=coming).order_by(
        F("coming").asc(nulls_last=True), "-planned_for", "-pk"
    )


def counts(acting: Acting, wanted: Mapping[str, Any]) -> dict[str, int]:
    """How many one may see, how many of them are still to come, how many match (one query)."""
    return Announcement.objects.visible_to(acting).aggregate(
        all=Count("pk"),
        coming=Count("pk", filter=Q(state__in=OPEN)),
        matching=Count("pk", filter=_matching(acting, wanted)),
    )


def _matching(acting: Acting, wanted: Mapping[str, Any]) -> Q:
    matching = Q(pk__isnull=False)
    if wanted.get("state") == "open":
        matching &= Q(state__in=OPEN)
    elif wanted.get("state"):
        matching &= Q(state=wanted["state"])
    if wanted.get("kind"):
        matching &= Q(kind=wanted["kind"])
    if wanted.get("whose"):
        ours = Q(owner=acting.organisation_id or 0)
        matching &= ours if wanted["whose"] == "ours" else ~ours
    if wanted.get("agreement"):
        rows = ConcernedAgreement.objects.visible_to(acting)
        of_agreement = rows.filter(agreement__reference=wanted["agreement"])
        matching &= Q(pk__in=of_agreement.order_by().values("announcement"))
    return matching


def with_details(rows: Iterable[Announcement], acting: Acting) -> list[ListedAnnouncement]:
    """The rows of one page with what they show besides (three queries)."""
    listed = {row.pk: ListedAnnouncement(row) for row in rows}
    for concerned in concerned_with(listed, acting):
        listed[concerned.announcement_id].concerned.append(concerned)
    return list(listed.values())


def concerned_with(announcements: Iterable[int], acting: Acting) -> Sequence[ConcernedAgreement]:
    """The agreements of these announcements that the reader is a party to (one query)."""
    rows = ConcernedAgreement.objects.filter(
        announcement__in=list(announcements),
        agreement__access__organisation=acting.organisation_id or 0,
    )
    return list(rows.select_related("agreement").order_by("agreement__reference"))


def agreements_announced(acting: Acting) -> list[tuple[str, str]]:
    """The agreements to narrow the list by: those that an announcement one may see touches."""
    touched = ConcernedAgreement.objects.visible_to(acting).order_by().values("agreement")
    rows = Agreement.objects.filter(pk__in=touched).order_by("reference")
    return [(a.reference, f"{a.reference}: {a.title}") for a in rows]


def by_agreement(
    agreements: Iterable[int], acting: Acting
) -> Mapping[int, list[ConcernedAgreement]]:
    """Agreement id -> what one may see that touches it, the planned release order (two queries,
    once a page)."""
    return _by_agreement(frozenset(agreements), acting)


@once_a_page
def _by_agreement(
    agreements: frozenset[int], acting: Acting
) -> Mapping[int, list[ConcernedAgreement]]:
    rows = ConcernedAgreement.objects.visible_to(acting).filter(agreement__in=agreements)
    found_: dict[int, list[ConcernedAgreement]] = defaultdict(list)
    details = rows.select_related("announcement__owner", "announcement__release")
    for row in details.prefetch_related("announcement__owner__names").order_by(
        "announcement__planned_for", "announcement_id"
    ):
        found_[row.agreement_id].append(row)
    return found_


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
