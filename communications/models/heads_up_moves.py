from __future__ import annotations

from django.conf import settings
from django.db import models

from agreements.models.emptied import but_emptied
from communications.models.heads_ups import HeadsUp, OfHeadsUp
from house.triggers import Trigger


class HeadsUpMove(models.Model):
    """The planned sending was moved, with the reason. Append-only."""

    TO_HEADS_UP = "heads_up"

    heads_up = models.ForeignKey(HeadsUp, models.PROTECT, related_name="moves")
    moved_from = models.DateTimeField()
    moved_to = models.DateTimeField()
    because = models.CharField(max_length=500)
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfHeadsUp["HeadsUpMove"].as_manager()

    class Meta:
        verbose_name = "move of a heads-up"
        verbose_name_plural = "moves of heads-ups"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.heads_up} moved"


MOVES_STAY = but_emptied(
    Trigger(
        name="communications_headsupmove_append_only",
        table="communications_headsupmove",
        events=("UPDATE", "DELETE"),
        message="That a sending was moved does not change.",
    ),
    words=("because",),
    stays=("heads_up_id", "moved_from", "moved_to", "moved_by_id", "at"),
)
