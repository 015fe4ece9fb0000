"""What a succession did to one agreement, what the successor makes of it, and the others' word."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.models.agreement import Agreement
from agreements.models.shared_facts import Word
from agreements.models.wall import BehindTheWall
from parties.models import Succession


class SuccessionMove(models.Model):
    """An agreement goes over from the old organisation to the new one: chosen for a succession in
    part, else written when it went. Its sides are the spells of the succession."""

    TO_AGREEMENT = "agreement"

    class Choice(models.TextChoices):
        KEEP = "keep", "Keep it as it is"
        VARY = "vary", "Vary it"
        END = "end", "End it"

    succession = models.ForeignKey(Succession, models.PROTECT, related_name="moves")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="successions")
    moved_at = models.DateTimeField(null=True, blank=True)
    # What the successor means to do with it; what follows is a change like any other.
    choice = models.CharField(max_length=4, choices=Choice.choices, blank=True)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    chosen_at = models.DateTimeField(null=True, blank=True)

    objects = BehindTheWall["SuccessionMove"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["succession", "agreement"], name="succession_move_once"
            ),
            models.CheckConstraint(
                condition=Q(choice="", chosen_at=None) | ~Q(choice="") & ~Q(chosen_at=None),
                name="succession_chosen_exactly_when_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.reference}: {self.succession}"


class SuccessionWord(Word):
    """Another party's word that the succession is right for this agreement, or why not."""

    TO_AGREEMENT = "move__agreement"

    move = models.ForeignKey(SuccessionMove, models.PROTECT, related_name="words")

    objects = BehindTheWall["SuccessionWord"].as_manager()

    class Meta:
        ordering = ["at", "pk"]
