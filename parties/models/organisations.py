from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Lower

from house import clock
from house.tracked import TrackedQuerySet, keep_history
from house.wall import WhoAsks
from parties.models.dated import Dated, holds_on


class Area(models.Model):
    """A part of the country that an organisation serves."""

    name = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class OrganisationQuerySet(TrackedQuerySet["Organisation"]):
    def visible_to(self, acting: WhoAsks) -> OrganisationQuerySet:
        """All of them, to whoever belongs to one and to system administrators; to nobody else."""
        sees = acting.organisation_id or acting.user.is_superuser
        return self.all() if sees else self.none()

    def by_name(self) -> OrganisationQuerySet:
        """In the order of what they are called today."""
        return self.annotate(called=Lower(name_today("pk"))).order_by("called", "pk")

    def matching(self, text: str) -> OrganisationQuerySet:
        """Those with the text in a name that they have or had, or in their ODS code."""
        named = OrganisationName.objects.filter(name__icontains=text).values("organisation")
        return self.filter(Q(pk__in=named) | Q(ods_code__istartswith=text))

    def named(self) -> OrganisationQuerySet:
        """With their names at hand, so that a list does not ask for each."""
        return self.prefetch_related("names")


class Organisation(models.Model):
    class Kind(models.TextChoices):
        AREA_TEAM = "area_team", "NHS England area or regional team"
        CCG = "ccg", "Clinical commissioning group"
        ICB = "icb", "Integrated care board"
        FEDERATION = "federation", "Federation of practices"
        PRACTICE = "practice", "General practice"
        LMC = "lmc", "Local medical committee"
        COMMITTEE = "committee", "Joint or delegated committee"
        PLANNING_GROUP = "planning_group", "Strategic planning group"
        OTHER = "other", "Another organisation"

    COMMITTEES = (Kind.COMMITTEE, Kind.PLANNING_GROUP)

    kind = models.CharField(max_length=20, choices=Kind.choices)
    is_legal_body = models.BooleanField(
        "is a legal body",
        default=True,
        help_text="Clear this for places that only have a code, such as a sub-ICB location.",
    )
    # Codes are never used twice, even after an organisation has closed.
    ods_code = models.CharField("ODS code", max_length=10, unique=True, null=True, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True)
    opened_on = models.DateField("opened", null=True, blank=True)
    closed_on = models.DateField("closed", null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()
    history = keep_history()
    # What it is called today, where its row was read with that (`name_today`).
    name_read: str | None = None

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ods_code=None) | Q(ods_code__regex=r"^[A-Z0-9]{3,10}$"),
                name="organisation_ods_code_form",
                violation_error_message="An ODS code has 3 to 10 capital letters and digits.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_read or self.name_on(clock.today())

    @property
    def is_committee(self) -> bool:
        """Whether it is a committee or a planning group: others have seats on it (B02)."""
        return self.kind in self.COMMITTEES

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None and self.closed_on < clock.today()

    def name_on(self, day: date) -> str:
        """What it was called on a London day; its nearest known name outside all known dates."""
        return name_among(self.names.all(), day, self.pk)


class OrganisationName(Dated):
    """A registered name and the address that went with it, from one day to another."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)
    address = models.TextField(max_length=500, blank=True)

    history = keep_history()

    class Meta(Dated.Meta):
        ordering = ["starts_on", "pk"]
        indexes = [models.Index(fields=["name"])]

    def __str__(self) -> str:
        return self.name


def name_today(organisation: str) -> Subquery:
    """What an organisation is called today, as `name_among` says it: to be read with other rows.

    `organisation` is the way to it from these rows.
    """
    names = OrganisationName.objects.filter(organisation=OuterRef(organisation))
    holding = Case(When(holds_on(clock.today()), then=1), default=0)
    newest = F("starts_on").desc(nulls_last=True)
    return Subquery(names.order_by(-holding, newest, "-pk").values("name")[:1])


def with_name(row: Any, field: str) -> Any:
    """A row that was read with `called`, the name of today of its organisation `field`."""
    if organisation := getattr(row, field):
        organisation.name_read = row.called
    return row


def name_among(rows: Iterable[OrganisationName], day: date, pk: int) -> str:
    """What the organisation with this id was called on a day, from all its names."""
    known = sorted(rows, key=lambda row: row.starts_on or date.min)
    if not known:
        return f"Organisation {pk}"
    return ([row for row in known if row.holds_on(day)] or known)[-1].name
