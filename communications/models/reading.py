from __future__ import annotations

from typing import TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from communications.models.drafts import Draft
from house.wall import WalledQuerySet, WhoAsks
from parties.models import Organisation

M = TypeVar("M", bound=models.Model)


class OnDraftQuerySet(WalledQuerySet[M]):
    """What readers did with a draft: the owner's members see all of it, a side its own."""

    def visible_to(self, acting: WhoAsks) -> OnDraftQuerySet[M]:
        own_side = Q(
            organisation=acting.organisation_id or 0,
            draft__in=Draft.objects.visible_to(acting).order_by().values("pk"),
        )
        return self.filter(Q(draft__announcement__owner=acting.organisation_id or 0) | own_side)


class Read(models.Model):
    """Somebody of the other side had a draft on their screen or took its file. Append-only."""

    class How(models.TextChoices):
        VIEWED = "viewed", "Opened"
        DOWNLOADED = "downloaded", "Downloaded"

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="reads")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices)
    at = models.DateTimeField()

    objects = OnDraftQuerySet["Read"].as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["draft", "reader"])]

    def __str__(self) -> str:
        return f"{self.get_how_display()} by {self.reader}"


class Acknowledgement(models.Model):
    """A named reader said that they have read the draft and have no more to say. Append-only."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="acknowledgements")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OnDraftQuerySet["Acknowledgement"].as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "reader", "organisation"], name="acknowledgement_once"
            )
        ]

    def __str__(self) -> str:
        return f"Acknowledged by {self.reader}"


class Comment(models.Model):
    """What a named reader says about a draft, or the owner's answer to that side. Append-only.

    `organisation` is the reading side: its named readers and the owner's members see it, nobody
    else ever does.
    """

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="comments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(max_length=5_000)
    at = models.DateTimeField()

    objects = OnDraftQuerySet["Comment"].as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Comment by {self.author}"
