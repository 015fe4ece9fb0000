"""What the page of one announcement reads, each through the wall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from communications.models import (
    Acknowledgement,
    Announcement,
    Comment,
    ConcernedAgreement,
    Draft,
    Move,
    Read,
    Share,
)
from communications.queries.agreements import Sides, sides_by_agreement
from communications.queries.listing import concerned_with
from parties.acting import Acting


@dataclass(frozen=True)
class Reading:
    """How one reader had one draft before them."""

    draft: int
    organisation: int
    person: int
    name: str
    times: int
    first: datetime


def drafts_of(announcement: Announcement, acting: Acting) -> list[Draft]:
    """The drafts that the reader may see, the newest first (one query)."""
    drafts = Draft.objects.visible_to(acting).filter(announcement=announcement)
    rows = drafts.select_related("made_by__person", "file").defer("text")
    found = list(rows.order_by("-number"))
    for draft in found:
        draft.announcement = announcement
    return found


def shares_of(announcement: Announcement, acting: Acting) -> list[Share]:
    """The shares that the reader may know of, ended ones too (two queries)."""
    shares = Share.objects.visible_to(acting).filter(draft__announcement=announcement)
    rows = shares.select_related(
        "draft", "person", "team", "organisation", "shared_by__person", "ended_by__person"
    )
    return list(rows.prefetch_related("organisation__names").order_by("shared_at", "pk"))


def readings_of(announcement: Announcement, acting: Acting) -> list[Reading]:
    """Who read which draft, how often and when (one query)."""
    reads = Read.objects.visible_to(acting).filter(draft__announcement=announcement)
    rows = reads.order_by().values_list(
        "draft__number", "organisation", "reader__person", "reader__person__name"
    )
    counted = rows.annotate(times=Count("pk"), first=Min("at"))
    return [Reading(*row) for row in counted.order_by("first")]


def acknowledgements_of(announcement: Announcement, acting: Acting) -> list[Acknowledgement]:
    rows = Acknowledgement.objects.visible_to(acting).filter(draft__announcement=announcement)
    return list(rows.select_related("draft", "reader__person").order_by("at"))


def comments_counted(announcement: Announcement, acting: Acting) -> dict[int, int]:
    """Draft number -> how many comments the reader may see (one query)."""
    rows = Comment.objects.visible_to(acting).filter(draft__announcement=announcement)
    counted = rows.order_by().values("draft__number").annotate(number=Count("pk"))
    return dict(counted.values_list("draft__number", "number"))


def comments_on(draft: Draft, acting: Acting) -> list[Comment]:
    """The comments on one draft that the reader may see (two queries)."""
    rows = Comment.objects.visible_to(acting).filter(draft=draft)
    found = rows.select_related("author__person", "by_organisation", "organisation")
    return list(
        found.prefetch_related("by_organisation__names", "organisation__names").order_by("at", "pk")
    )


def moves_of(announcement: Announcement, acting: Acting) -> list[Move]:
    rows = Move.objects.visible_to(acting).filter(announcement=announcement)
    return list(rows.select_related("moved_by__person").order_by("at"))


def concerned_and_sides(
    announcement: Announcement, acting: Acting
) -> tuple[Sequence[ConcernedAgreement], Sides]:
    """The agreements that the reader is a party to, with their parties (four queries)."""
    concerned = concerned_with([announcement.pk], acting)
    return concerned, sides_by_agreement(row.agreement for row in concerned)
