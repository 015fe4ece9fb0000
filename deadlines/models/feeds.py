"""The calendars that people subscribe to."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from house.wall import WalledQuerySet, WhoAsks
from parties.models import Organisation


class FeedQuerySet(WalledQuerySet["Feed"]):
    def visible_to(self, acting: WhoAsks) -> FeedQuerySet:
        """Somebody's own, whichever organisation they act for: nobody else knows of them."""
        return self.filter(user=acting.user.pk or 0)

    def working(self) -> FeedQuerySet:
        return self.filter(stopped_at=None)


class Feed(models.Model):
    """A calendar that somebody made, at a secret address, with their rights of the moment.

    Without an organisation it has what Home shows them, of every organisation of theirs; with one
    all that it holds, or what it holds of the agreement with this reference.

    The address is not kept: its secret follows from the portal's key, `key` and `generation`, and
    here stands its hash alone. When the generation moves, the former address is dead.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feeds")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Of an agreement: this room knows no agreements.
    reference = models.CharField(max_length=20, blank=True)
    generation = models.PositiveIntegerField(default=1)
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    # When a program last asked for it, to the hour.
    read_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("user"),
                Coalesce("organisation", 0),
                F("reference"),
                condition=Q(stopped_at=None),
                name="feed_once",
            ),
            models.CheckConstraint(
                condition=Q(reference="") | Q(organisation__isnull=False),
                name="feed_of_agreement_for_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"calendar of {self.reference or self.organisation or self.user}"
