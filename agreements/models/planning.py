"""Which dates were planned back, and until when that holds (X11)."""

from __future__ import annotations

from django.db import models

from agreements.models.agreement import Agreement
from agreements.models.wall import BehindTheWall
from deadlines.models import Deadline


class PlannedBack(models.Model):
    """What follows from a date was set: what the bodies that decide need before it.

    No record: a note for the sweep, which plans again what is not noted, has moved since, or
    holds no longer.
    """

    TO_AGREEMENT = "agreement"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    deadline = models.OneToOneField(Deadline, models.PROTECT, related_name="+")
    generation = models.PositiveIntegerField()
    # From this day on it is planned again.
    again_on = models.DateField()

    objects = BehindTheWall["PlannedBack"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["again_on"])]

    def __str__(self) -> str:
        return f"plan back from {self.deadline_id}"
