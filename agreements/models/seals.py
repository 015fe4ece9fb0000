from __future__ import annotations

from django.db import models
from django.db.models import Q

from agreements.models.versions import Version
from agreements.models.wall import BehindTheWall
from documents.models import StoredFile


class Seal(models.Model):
    """The final signed copy of one version: made once, by whichever worker gets there first."""

    TO_AGREEMENT = "version__agreement"

    class State(models.TextChoices):
        WAITING = "waiting", "Being made"
        SEALED = "sealed", "Sealed"
        FAILED = "failed", "Could not be made"

    version = models.OneToOneField(Version, models.PROTECT, related_name="seal")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="seal"
    )
    sealed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    problem = models.CharField(max_length=300, blank=True)

    objects = BehindTheWall["Seal"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_try"], name="seal_waiting", condition=Q(state="waiting"))
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sealed") | Q(file__isnull=False), name="seal_has_its_file"
            )
        ]

    def __str__(self) -> str:
        return f"seal of {self.version}"
