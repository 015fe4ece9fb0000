from __future__ import annotations

from django.db import models

from agreements.models import Party
from communications.models.announcements import ConcernedAgreement
from house.wall import WalledQuerySet, WhoAsks


class TouchedQuerySet(WalledQuerySet["TouchedParty"]):
    def visible_to(self, acting: WhoAsks) -> TouchedQuerySet:
        """Of the announcements that one may see, the parties of the agreements that are one's own:
        nobody reads here with whom else the owner has agreements."""
        return self.filter(concerned__in=ConcernedAgreement.objects.visible_to(acting))


class TouchedParty(models.Model):
    """A party whom an announcement is about, as its owner says. There are such rows where it
    touches an agreement between more than two: between two it is about the other (record 0055)."""

    concerned = models.ForeignKey(ConcernedAgreement, models.PROTECT, related_name="touched")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")

    objects = TouchedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "touched parties"
        ordering = ["party__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["concerned", "party"], name="touched_party_once")
        ]

    def __str__(self) -> str:
        return f"{self.party} in {self.concerned}"
