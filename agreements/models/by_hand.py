"""Clauses that a person looked at, because no room can watch them (record 0083)."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from agreements.models.agreement import Agreement
from agreements.models.emptied import but_emptied
from agreements.models.versions import Clause, Version
from agreements.models.wall import BehindTheWall
from house.triggers import Trigger, declare
from parties.models import Organisation


class ByHandQuerySet(BehindTheWall["ByHand"]):
    def newest(self) -> ByHandQuerySet:
        """Of each party and clause the last look that was not taken back."""
        same = ByHand.objects.filter(
            clause=OuterRef("clause"), said_for=OuterRef("said_for"), taken_back_at=None
        )
        later = Q(reviewed_on__gt=OuterRef("reviewed_on")) | Q(
            reviewed_on=OuterRef("reviewed_on"), pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(same.filter(later)), taken_back_at=None)


class ByHand(models.Model):
    """That a person of one party looked at a clause on a day, and what they found. It says of no
    other party anything. Only that it was taken back is added."""

    TO_AGREEMENT = "agreement"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="by_hand")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="by_hand")
    # The text that was in force on that day: by other words of the clause it lapses.
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    reviewed_on = models.DateField()
    found = models.CharField(max_length=1_000)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_because = models.CharField(max_length=500, blank=True)

    objects = ByHandQuerySet.as_manager()

    class Meta:
        verbose_name = "clause reviewed by hand"
        verbose_name_plural = "clauses reviewed by hand"
        ordering = ["said_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(found=""), name="by_hand_says_what_was_found"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, taken_back_because="")
                | (
                    Q(taken_back_at__isnull=False, taken_back_by__isnull=False)
                    & ~Q(taken_back_because="")
                ),
                name="by_hand_taken_back_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause.key} of {self.agreement.reference} reviewed on {self.reviewed_on}"

    @property
    def is_taken_back(self) -> bool:
        return self.taken_back_at is not None


_STAYS: Final = (
    *("agreement_id", "clause_id", "version_id", "reviewed_on"),
    *("said_by_id", "said_for_id", "said_at"),
)
_BACK: Final = ("taken_back_at", "taken_back_by_id")
_CHANGED: Final = " OR ".join(f"OLD.{each} <> NEW.{each}" for each in (*_STAYS, "found"))
BY_HAND_NEVER_CHANGED: Final = but_emptied(
    Trigger(
        name="agreements_byhand_never_changed",
        table="agreements_byhand",
        events=("UPDATE",),
        message="What was reviewed by hand is taken back, never changed.",
        condition=f"OLD.taken_back_at IS NOT NULL OR {_CHANGED}",
    ),
    ("found", "taken_back_because"),
    (*_STAYS, *_BACK),
)
BY_HAND_NEVER_GONE: Final = declare(
    Trigger(
        name="agreements_byhand_never_gone",
        table="agreements_byhand",
        events=("DELETE",),
        message="What was reviewed by hand is taken back, never deleted.",
    )
)
