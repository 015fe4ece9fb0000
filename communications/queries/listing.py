"""The forward plan as a list: what one may see, what is still to come first."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from agreements.core.searching import called
from communications.models import (
    Announcement,
    ConcernedAgreement,
    HeadsUpAgreement,
    ReleasedTo,
    TeamAsked,
)
from communications.models.announcements import OPEN, is_named
from communications.queries.touched import touched_in
from house.once import once_a_page
from parties.acting import Acting
from parties.models.organisations import name_today
from web.paging import MOST


@dataclass
class ListedAnnouncement:
    """One row: the announcement, and of the agreements that it touches those one may see."""

    announcement: Announcement
    concerned: list[ConcernedAgreement] = field(default_factory=list)
    # Whom it is about, where these agreements are between more than two.
    about: list[str] = field(default_factory=list)

    @property
    def least(self) -> ConcernedAgreement | None:
        """The agreement whose other parties get the least notice."""
        return min(self.concerned, key=_margin, default=None)


def _margin(concerned: ConcernedAgreement) -> tuple[bool, float]:
    """Those that were never reached first, then by how far the share-by time was passed; those
    without a lead time last."""
    if concerned.share_by is None:
        return (True, math.inf)
    if concerned.reached_at is None:
        return (False, concerned.share_by.timestamp())
    return (True, (concerned.share_by - concerned.reached_at).total_seconds())


@dataclass(frozen=True)
class Found:
    """An announcement in a list, in short."""

    pk: int
    state: str
    planned_for: datetime

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def place(self) -> tuple[bool, float, int]:
        """To come by date, then released and withdrawn ones, the newest first."""
        at = self.planned_for.timestamp()
        return (not self.is_open, at if self.is_open else -at, -self.pk)


def found(acting: Acting, wanted: Mapping[str, Any]) -> list[Found]:
    """Those that match, in the order of the list (one query).

    Of each way to see one the first so many that a list leads to: each is read from an index of
    its own, however much there is.
    """
    first, *more = (
        Announcement.objects.order_by().filter(pk__in=ids[: MOST + 1])
        for ids in _ways_to_see(acting, wanted)
    )
    fields = ("pk", "state", "planned_for")
    rows = first.values_list(*fields).union(*(each.values_list(*fields) for each in more))
    return sorted((Found(*row) for row in rows), key=lambda each: each.place)


def _ways_to_see(acting: Acting, wanted: Mapping[str, Any]) -> Iterator[QuerySet[Any, Any]]:
    """The ids of each way, in its order; without those in which nothing can match."""
    matching = Announcement.objects.filter(_matching(acting, wanted))
    state, whose = wanted.get("state", ""), wanted.get("whose", "")
    if whose != "others":
        own = matching.filter(owner=acting.organisation_id or 0)
        yield own.still_open().order_by("planned_for").values("pk")
        withdrawn = own.filter(state=Announcement.State.WITHDRAWN)
        yield withdrawn.order_by("-planned_for").values("pk")
    if state in ("", Announcement.State.RELEASED):
        that_matches = Exists(matching.filter(pk=OuterRef("announcement")))
        released = ReleasedTo.objects.visible_to(acting).filter(that_matches)
        for is_own in {"ours": (True,), "others": (False,)}.get(whose, (True, False)):
            of_one = released.filter(is_own=is_own)
            yield of_one.order_by("-planned_for").values("announcement")
    named = matching.filter(is_named(acting, "drafts__shares__"))
    yield named.order_by("-planned_for").values("pk").distinct()


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
        agreements = called(acting, wanted["agreement"])
        touching = ConcernedAgreement.objects.filter(agreement__in=agreements)
        matching &= Q(pk__in=touching.order_by().values("announcement"))
    return matching


def with_details(page: Sequence[Found], acting: Acting) -> list[ListedAnnouncement]:
    """The rows of one page with what they show (five queries)."""
    in_order = [each.pk for each in page]
    rows = Announcement.objects.select_related("owner", "release").filter(pk__in=in_order)
    by_id = {row.pk: row for row in rows.prefetch_related("owner__names")}
    listed = {pk: ListedAnnouncement(by_id[pk]) for pk in in_order}
    seen = concerned_with(listed, acting)
    for concerned in seen:
        listed[concerned.announcement_id].concerned.append(concerned)
    for pk, touched in touched_in(seen).items():
        listed[pk].about = [each.name for each in touched]
    return list(listed.values())


def concerned_with(announcements: Iterable[int], acting: Acting) -> Sequence[ConcernedAgreement]:
    """The agreements of these announcements that the reader is a party to (one query)."""
    rows = ConcernedAgreement.objects.filter(
        announcement__in=list(announcements),
        agreement__access__organisation=acting.organisation_id or 0,
    )
    return list(rows.select_related("agreement").order_by("agreement__reference"))


def by_agreement(
    agreements: Iterable[int], acting: Acting
) -> Mapping[int, list[ConcernedAgreement]]:
    """Agreement id -> what one may see that touches it, in the order of the planned releases (one
    query, once a page)."""
    return _by_agreement(frozenset(agreements), acting)


def has_announcements() -> dict[str, ExpressionWrapper]:
    """Whether anything was ever announced under an agreement, or a heads-up given, whoever may see
    it."""
    announced = ConcernedAgreement.objects.filter(agreement=OuterRef("pk"))
    told = HeadsUpAgreement.objects.filter(agreement=OuterRef("pk"))
    ever = Exists(announced) | Exists(told)
    return {"has_announcements": ExpressionWrapper(ever, BooleanField())}


def team_heard() -> ExpressionWrapper:
    """Whether a team was asked about the announcement of this row, and each has answered."""
    asked = TeamAsked.objects.filter(announcement=OuterRef("announcement"), replaced_at=None)
    waiting = asked.filter(answered_at=None)
    return ExpressionWrapper(Exists(asked) & ~Exists(waiting), BooleanField())


def say_about(rows: Sequence[ConcernedAgreement]) -> None:
    """Sets what each of these is about, where its agreement touches more than two (two queries)."""
    touched = touched_in(rows)
    for row in rows:
        row.about = [each.name for each in touched.get(row.announcement_id, [])]


@once_a_page
def _by_agreement(
    agreements: frozenset[int], acting: Acting
) -> Mapping[int, list[ConcernedAgreement]]:
    return grouped(touching(agreements, acting))


def touching(agreements: Collection[int], acting: Acting) -> QuerySet[ConcernedAgreement]:
    """What one may see that touches these, in the order of the planned releases; for `grouped`."""
    rows = ConcernedAgreement.objects.visible_to(acting).filter(agreement__in=agreements)
    details = rows.select_related("announcement__owner", "announcement__release")
    named = details.annotate(owner_called=name_today("announcement__owner"), heard=team_heard())
    return named.order_by("announcement__planned_for", "announcement_id")


def grouped(rows: Iterable[ConcernedAgreement]) -> Mapping[int, list[ConcernedAgreement]]:
    """By agreement, with what the owner of each is called."""
    found_: dict[int, list[ConcernedAgreement]] = defaultdict(list)
    for row in rows:
        row.announcement.owner.name_read = getattr(row, "owner_called", None)
        row.team_heard = getattr(row, "heard", False)
        found_[row.agreement_id].append(row)
    return found_
