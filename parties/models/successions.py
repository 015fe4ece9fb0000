"""One organisation takes the place of another, from a day on (X07)."""

from __future__ import annotations

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from house.lifecycle import Lifecycle, step
from house.tracked import TrackedQuerySet, keep_history
from house.wall import WalledQuerySet, WhoAsks
from parties.models.organisations import Organisation


class SuccessionQuerySet(TrackedQuerySet["Succession"], WalledQuerySet["Succession"]):
    def visible_to(self, acting: WhoAsks) -> SuccessionQuerySet:
        """What has happened everybody of an organisation may see, as they see organisations; what
        is prepared the new one, what waits for its day or for the old one's word both, with what
        came of it; and the system administrators all."""
        if acting.user.is_superuser:
            return self.all()
        if not acting.organisation_id:
            return self.none()
        waited = ["asked", "planned"]
        was_asked = Succession.history.filter(id=OuterRef("pk"), state__in=waited)
        told = Q(state__in=waited) | (Q(state="withdrawn") & Exists(was_asked))
        own = Q(new=acting.organisation_id) | (Q(old=acting.organisation_id) & told)
        return self.filter(own | Q(state__in=["running", "done"]))


class Succession(models.Model):
    """By this instrument one organisation takes the place of another, in full or in part.

    Once it has begun it is undone by another succession alone.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", "Being prepared"
        ASKED = "asked", "Waits for the other organisation"
        PLANNED = "planned", "Planned"
        RUNNING = "running", "Under way"
        DONE = "done", "Done"
        WITHDRAWN = "withdrawn", "Withdrawn"

    # Nothing follows from these.
    IDLE = (State.PREPARED, State.WITHDRAWN)

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    old = models.ForeignKey(Organisation, models.PROTECT, related_name="succeeded_by")
    new = models.ForeignKey(Organisation, models.PROTECT, related_name="successor_of")
    # The first day of the new one; the day before is the last of the old one.
    on = models.DateField("from")
    instrument = models.CharField(max_length=200)
    # In part, some of its agreements go over, and the old one goes on.
    full = models.BooleanField("in full", default=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARED)
    # Those of one national file have the same.
    batch = models.UUIDField(null=True, blank=True, db_index=True)
    # What was known of the old one's closing before: put back where it is withdrawn.
    closed_before = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    # Who of the old one said that it is so, or the system administrator in its place.
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=500, blank=True)

    objects = SuccessionQuerySet.as_manager()
    history = keep_history()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(old=F("new")), name="succession_of_another"),
            models.UniqueConstraint(
                fields=["old"],
                condition=Q(full=True, state__in=["asked", "planned", "running"]),
                name="succession_in_full_once",
            ),
        ]
        indexes = [
            models.Index(fields=["on"], condition=Q(state="planned"), name="succession_planned")
        ]

    def __str__(self) -> str:
        return f"{self.new} in the place of {self.old}, from {self.on}"

    @property
    def is_prepared(self) -> bool:
        return self.state == self.State.PREPARED

    @property
    def is_asked(self) -> bool:
        return self.state == self.State.ASKED

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def can_be_withdrawn(self) -> bool:
        return self.is_prepared or self.is_asked or self.is_planned

    @property
    def has_begun(self) -> bool:
        return self.state in (self.State.RUNNING, self.State.DONE)


SUCCESSION_LIFECYCLE: Final = Lifecycle(
    "succession",
    {
        "ask": step("prepared", to="asked"),
        "agree": step("prepared", "asked", to="planned"),
        "begin": step("planned", to="running"),
        "finish": step("running", to="done"),
        "withdraw": step("prepared", "asked", "planned", to="withdrawn"),
    },
)
