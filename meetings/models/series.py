from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from agreements.models import Agreement, Party
from agreements.models.wall import BehindTheWall
from house.tracked import TrackedQuerySet, keep_history
from house.wall import WalledQuerySet, WhoAsks
from parties.models import Body

# The key of the series that older terms asked for, and what it is called.
FIRST_TERM, WIDER_MEETING = "wider", "Wider meeting"


class Cadence(models.TextChoices):
    """How often a series meets."""

    AS_REQUIRED = "as_required", "As required"
    MONTHLY = "monthly", "Monthly"
    QUARTERLY = "quarterly", "Quarterly"
    TWICE_A_YEAR = "twice_a_year", "Twice in each MoU year"
    PER_YEAR = "per_year", "Another number in each MoU year"


def served_for(acting: WhoAsks, to_series: str, day: str = "") -> ServesQuerySet:
    """What lets somebody see a series, or what belongs to one: `to_series` leads there from it.

    A series serves an agreement that their organisation may see; with `day`, the way to a day, it
    served it then: whoever joins reads nothing from before, whoever left nothing from afterwards.
    """
    rows = SeriesAgreement.objects.visible_to(acting).filter(series=OuterRef(to_series))
    return rows.on(OuterRef(day)) if day else rows


def read_by(acting: WhoAsks, about: BehindTheWall[Any]) -> Q:
    """That somebody reads what those who meet wrote down. `about` are the agreements that it is
    marked with: it is read by the parties of these alone, and without any by all (record 0055)."""
    return ~Q(Exists(about)) | Q(Exists(about.visible_to(acting)))


class SeriesQuerySet(TrackedQuerySet["Series"], WalledQuerySet["Series"]):
    def visible_to(self, acting: WhoAsks) -> SeriesQuerySet:
        """Those that serve an agreement which the organisation may see."""
        return self.filter(Exists(served_for(acting, "pk")))

    def running(self) -> SeriesQuerySet:
        return self.filter(ended_on=None)


class Series(models.Model):
    """Meetings of one kind under one agreement, or of a group that serves several (A17, B14)."""

    class Purpose(models.TextChoices):
        # Also every other series that the terms ask for.
        WIDER = "wider", "Meetings that the terms ask for"
        LOCALITY = "locality", "Meeting with the locality manager"
        OTHER = "other", "Another meeting"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.OTHER)
    # Its key in the terms; empty in rows from when they asked for the wider meeting alone.
    term = models.CharField(max_length=40, blank=True, default="", db_default="")
    name = models.CharField(max_length=160)
    cadence = models.CharField(max_length=14, choices=Cadence.choices)
    per_year = models.PositiveSmallIntegerField(null=True, blank=True)
    # Periods that ended before this day owe nothing: nobody had agreed to the cadence.
    cadence_since = models.DateField()
    # MoU years run from this day: the start of the agreement.
    counts_from = models.DateField()
    # Who calls it; either party where nobody in particular does.
    convener = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="series")
    # What stands on every agenda besides what the terms ask for, as headings.
    standing = models.JSONField(default=list, blank=True)
    ended_on = models.DateField("ended", null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = SeriesQuerySet.as_manager()
    history = keep_history()

    class Meta:
        verbose_name_plural = "series"
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["name", "id"], name="series_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(cadence="per_year", per_year__gte=1)
                | (~Q(cadence="per_year") & Q(per_year=None)),
                name="series_number_exactly_when_per_year",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def how_often(self) -> str:
        """ "As required", "6 in each MoU year"."""
        if self.cadence == Cadence.PER_YEAR:
            return f"{'Once' if self.per_year == 1 else self.per_year} in each MoU year"
        return str(self.get_cadence_display())

    @property
    def is_in_terms(self) -> bool:
        """Whether the terms ask for it, and say how often."""
        return self.purpose == self.Purpose.WIDER

    @property
    def term_key(self) -> str:
        """Its key in the terms of the agreement that it serves; empty where they name no such."""
        return (self.term or FIRST_TERM) if self.is_in_terms else ""

    @property
    def may_be_joint(self) -> bool:
        """Whether it can serve several agreements: what one text asks for serves that one."""
        return self.purpose == self.Purpose.OTHER

    @property
    def is_locality(self) -> bool:
        return self.purpose == self.Purpose.LOCALITY


class ServesQuerySet(BehindTheWall["SeriesAgreement"]):
    def visible_to(self, acting: WhoAsks) -> ServesQuerySet:
        return self.filter(Exists(self._access(acting)))

    def on(self, day: Any) -> ServesQuerySet:
        """Those that are served on this day."""
        return self.filter(
            Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day)
        )


class SeriesAgreement(models.Model):
    """A series serves this agreement, between two days where it joined later or left."""

    TO_AGREEMENT = "agreement"

    series = models.ForeignKey(Series, models.PROTECT, related_name="serves")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="series")
    # The first and the last day; None for those from the beginning, and for those that go on.
    starts_on = models.DateField("joined on", null=True, blank=True)
    ends_on = models.DateField("left on", null=True, blank=True)
    # The series that the terms of this agreement ask for, which is held here with those of others.
    instead_of = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="held_in"
    )

    objects = ServesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "agreement"],
                condition=Q(ends_on=None),
                name="series_serves_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="series_serves_forwards",
            ),
        ]

    def serves_on(self, day: date) -> bool:
        return self.serves_through(day, day)

    def serves_through(self, first: date, last: date) -> bool:
        """Whether it is served on each of these days."""
        begun = self.starts_on is None or self.starts_on <= first
        return begun and (self.ends_on is None or self.ends_on >= last)

    def __str__(self) -> str:
        return f"{self.series} for {self.agreement.reference}"


class Turn(models.Model):
    """The day on which what a series owes changes by itself: the sweep looks for it."""

    series = models.OneToOneField(Series, models.PROTECT, related_name="turn")
    on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"{self.series} on {self.on}"
