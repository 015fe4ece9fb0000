"""What belongs to one concern: with whom it is shared, what was done, what is to be done."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agreements.models import Party
from agreements.models.emptied import but_emptied
from escalations.models.concerns import PracticeConcern
from house.lifecycle import Lifecycle, step
from house.triggers import Trigger
from house.wall import WalledQuerySet, WhoAsks
from parties.models import Organisation

M = TypeVar("M", bound=models.Model)


class OfConcern(WalledQuerySet[M]):
    """Rows of a concern: whoever reads the concern reads them, and nobody else."""

    def visible_to(self, acting: WhoAsks) -> OfConcern[M]:
        return self.filter(concern__in=PracticeConcern.objects.visible_to(acting))


class ConcernShare(models.Model):
    """From when to when a concern was shared with another party. How, and why, its steps say."""

    concern = models.ForeignKey(PracticeConcern, models.PROTECT, related_name="shares")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    shared_at = models.DateTimeField()
    # When its MoU manager was told; None while nobody of it can be.
    told_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OfConcern["ConcernShare"].as_manager()

    class Meta:
        ordering = ["shared_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "party"],
                condition=Q(ended_at=None),
                name="concern_shared_once_with_a_party",
            )
        ]
        indexes = [models.Index(fields=["party", "concern"], condition=Q(ended_at=None),
                                name="concern_shared_with")]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.concern}, shared with {self.party}"


class ConcernStep(models.Model):
    """Something that somebody did about a concern. Append-only: it is the whole record."""

    class Kind(models.TextChoices):
        OPENED = "opened", "Recorded"
        NOTE = "note", "More is known"
        SHARED = "shared", "Decided to share it"
        KEPT = "kept", "Decided not to share it"
        TAKEN_BACK = "taken_back", "Shared no longer"
        READ = "read", "Read by link"
        LET_IN = "let_in", "May read it from now on"
        LET_OUT = "let_out", "May read it no longer"
        CLOSED = "closed", "Closed"
        REOPENED = "reopened", "Reopened"
        IN_ERROR = "in_error", "Entered in error"

    # What is decided about telling other parties (A22).
    DECISIONS = (Kind.SHARED, Kind.KEPT, Kind.TAKEN_BACK)

    concern = models.ForeignKey(PracticeConcern, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Of somebody without an account: who did it, by which link (agreements.core.by_link).
    by_link = models.CharField(max_length=400, blank=True, default="")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    # What is known, the reason, what came of it.
    text = models.TextField(max_length=5_000, blank=True)
    # Of a decision the keys of the parties with which it is shared, or no longer; of who is let in
    # or out, whom that is.
    about = models.JSONField(default=list, blank=True)

    objects = OfConcern["ConcernStep"].as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["concern", "at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.concern}"


STEPS_OF_CONCERNS_STAY = but_emptied(
    Trigger(
        name="concern_steps_append_only",
        table="escalations_concernstep",
        events=("UPDATE", "DELETE"),
        message="What was done about a concern does not change.",
    ),
    words=("text", "about"),
    stays=("concern_id", "kind", "at", "by_id", "by_link", "party_id"),
)


class ConcernActionQuerySet(OfConcern["ConcernAction"]):
    def still_open(self) -> ConcernActionQuerySet:
        return self.filter(state=ConcernAction.State.OPEN)

    def soonest_first(self) -> ConcernActionQuerySet:
        return self.order_by(F("due_on").asc(nulls_last=True), "number")


class ConcernAction(models.Model):
    """What somebody has to do about a concern, often outside the parties (A14, A15, A23).

    Behind the wall of its concern: the actions of the agreement are read by all its readers.
    """

    class Kind(models.TextChoices):
        INFORMED = "informed", "The practitioner has informed the commissioner"
        CHECKED = "checked", "The contractor checks other commissioners' specifications"
        TOLD = "told", "The commissioner is told of the gap"
        AGREED = "agreed", "Agreed"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"
        DROPPED = "dropped", "Dropped"

    concern = models.ForeignKey(PracticeConcern, models.PROTECT, related_name="actions")
    # 1, 2, 3, … in its concern.
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    what = models.CharField(max_length=300)
    # Whose commissioner it is about, where the portal knows it.
    commissioner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField("due", null=True, blank=True)
    # Who sees to it and is reminded; without them those who keep the concern.
    sees_to_it = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    # How it is known, or why it is dropped; the day on which it was done.
    evidence = models.TextField(max_length=2_000, blank=True)
    done_on = models.DateField(null=True, blank=True)

    objects = ConcernActionQuerySet.as_manager()

    class Meta:
        ordering = ["concern", "number"]
        constraints = [
            models.UniqueConstraint(fields=["concern", "number"], name="concern_action_once"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, closed_by=None)
                | (~Q(state="open") & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="concern_action_closed_exactly_when_not_open",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False)
                | (~Q(state="done") & Q(done_on=None)),
                name="concern_action_done_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"action {self.number} of {self.concern}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def is_late(self, today: date) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < today


CONCERN_ACTION_LIFECYCLE = Lifecycle(
    "action of a concern",
    {"finish": step("open", to="done"), "drop": step("open", to="dropped")},
)
