from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from documents.models import StoredFile
from house.wall import WalledQuerySet, WhoAsks


class JobQuerySet(WalledQuerySet["Job"]):
    def visible_to(self, acting: WhoAsks) -> JobQuerySet:
        """Those that the organisation began; what a job is about has a wall of its own."""
        return self.filter(organisation_id=acting.organisation_id or 0)


class Job(models.Model):
    """Work that takes longer than a page may, begun by somebody and done row by row."""

    class State(models.TextChoices):
        RUNNING = "running", "Under way"
        DONE = "done", "Done"
        # Every row was tried, and some could not be done.
        WITH_PROBLEMS = "with_problems", "Done in part"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # What begins the same twice has the same: the second gets the first.
    dedupe = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=60)
    # For which organisation: a plain number, because this room knows no organisation.
    organisation_id = models.BigIntegerField(null=True, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    # Plain facts that its kind needs with every row.
    context = models.JSONField(default=dict)
    state = models.CharField(max_length=14, choices=State.choices, default=State.RUNNING)
    finished_at = models.DateTimeField(null=True, blank=True)
    # What came of it, where that is a file.
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="made_by_jobs"
    )

    objects = JobQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} of {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING


class JobRowQuerySet(models.QuerySet["JobRow"]):
    def takeable(self, now: datetime) -> JobRowQuerySet:
        """Those that wait, and those whose worker's lease has ended, the longest waiting first."""
        unfinished = self.filter(state__in=["waiting", "leased"], next_try__lte=now)
        return unfinished.order_by("next_try", "pk")


class JobRow(models.Model):
    """One piece of a job. It is done once, whichever worker does it and however many are killed."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        LEASED = "leased", "Being done"
        DONE = "done", "Done"
        FAILED = "failed", "Could not be done"

    job = models.ForeignKey(Job, models.PROTECT, related_name="rows")
    # What it is about, as the kind of the job reads it.
    subject = models.CharField(max_length=80)
    # It waits for all the others: what brings them together.
    is_last = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    # While it is leased the end of the lease. None: nobody takes it up.
    next_try = models.DateTimeField(null=True, blank=True)
    # Its act is done; what is left may be repeated.
    acted_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=500, blank=True)

    objects = JobRowQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "subject"], name="job_row_once")]
        indexes = [
            models.Index(
                fields=["next_try"],
                name="job_row_unfinished",
                condition=Q(state__in=["waiting", "leased"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject or 'the end'} of {self.job}"
