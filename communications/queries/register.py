"""How many released announcements met their lead time, agreement by agreement (A10)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from agreements.core.searching import called
from communications.models import Announcement, ConcernedAgreement
from communications.queries.listing import Found
from parties.acting import Acting


@dataclass(frozen=True)
class LeadTimesMet:
    """Of so many announcements so many met the lead time."""

    met: int = 0
    of: int = 0

    def __str__(self) -> str:
        """ "2 of 3 (66%)"."""
        return f"{self.met:,} of {self.of:,} ({self.percent}%)" if self.of else "None released"

    def __add__(self, other: LeadTimesMet) -> LeadTimesMet:
        return LeadTimesMet(self.met + other.met, self.of + other.of)

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down: all that is less than all is less than 100."""
        return self.met * 100 // self.of if self.of else 0


@dataclass(frozen=True)
class OfAgreement:
    """One agreement: what the reader's organisation released, and what the others did."""

    reference: str
    title: str
    ours: LeadTimesMet
    theirs: LeadTimesMet

    @property
    def both(self) -> LeadTimesMet:
        return self.ours + self.theirs


def lead_times_met(acting: Acting, listed: Collection[Found], agreement: str) -> list[OfAgreement]:
    """The agreements that those of a list touched that were released, the lowest share first (one
    query). With `agreement` those alone that are called so.

    One that was released without ever being shared counts as missed.
    """
    rows = _released(acting, listed, agreement)
    ours, met = Q(announcement__owner=acting.organisation_id), Q(reached_at__lte=F("share_by"))
    counted = (
        rows.order_by()
        .values("agreement__reference", "agreement__title")
        .annotate(
            all=Count("pk"),
            in_time=Count("pk", filter=met),
            ours=Count("pk", filter=ours),
            ours_met=Count("pk", filter=ours & met),
        )
    )
    found = [
        OfAgreement(
            row["agreement__reference"],
            row["agreement__title"],
            ours=LeadTimesMet(row["ours_met"], row["ours"]),
            theirs=LeadTimesMet(row["in_time"] - row["ours_met"], row["all"] - row["ours"]),
        )
        for row in counted
    ]
    return sorted(found, key=lambda each: (each.both.percent, each.reference))


def in_total(acting: Acting, listed: Collection[Found], agreement: str) -> OfAgreement:
    """All agreements together: each announcement once, met where it was for all that it touches
    (one query)."""
    missed = Count("pk", filter=~Q(reached_at__lte=F("share_by")) | Q(reached_at=None))
    counted = _released(acting, listed, agreement).order_by().values("announcement")
    totals = {True: LeadTimesMet(), False: LeadTimesMet()}
    for owner, number in counted.annotate(missed=missed).values_list(
        "announcement__owner", "missed"
    ):
        totals[owner == acting.organisation_id] += LeadTimesMet(int(number == 0), 1)
    return OfAgreement("", "In total, each announcement once", totals[True], totals[False])


def _released(
    acting: Acting, listed: Collection[Found], agreement: str
) -> QuerySet[ConcernedAgreement]:
    """What those of a list that were released touched and asked for a lead time, as far as the
    reader is a party to it."""
    released = [each.pk for each in listed if each.state == Announcement.State.RELEASED]
    rows = ConcernedAgreement.objects.filter(
        announcement__in=released,
        agreement__access__organisation=acting.organisation_id or 0,
        share_by__isnull=False,
    )
    return rows.filter(agreement__in=called(acting, agreement)) if agreement else rows
