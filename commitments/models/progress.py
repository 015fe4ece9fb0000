from __future__ import annotations

from django.conf import settings
from django.db import models

from agreements.models.wall import BehindTheWall
from commitments.models.actions import Action
from house.triggers import Trigger, declare
from parties.models import Organisation


class ProgressNote(models.Model):
    """What somebody wrote about how an action goes. Append-only; both parties read it."""

    TO_AGREEMENT = "action__agreement"

    action = models.ForeignKey(Action, models.PROTECT, related_name="notes")
    text = models.TextField(max_length=2_000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = BehindTheWall["ProgressNote"].as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"note on {self.action}"


NOTES_APPEND_ONLY = declare(
    Trigger(
        name="progress_notes_append_only",
        table="commitments_progressnote",
        events=("UPDATE", "DELETE"),
        message="A note on progress does not change.",
    )
)
