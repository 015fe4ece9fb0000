"""What is a commissioner's own in a sending: what it decided for all its agreements, its news."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from agreements.models.approvals import Approval
from agreements.models.groups import IssueShare
from agreements.models.happenings import Happening
from house.wall import WalledQuerySet, WhoAsks


class OfShareQuerySet(WalledQuerySet[Any]):
    def visible_to(self, acting: WhoAsks) -> OfShareQuerySet:
        """The commissioner's own: nobody else reads what it decided, or what it is told of."""
        return self.filter(share__organisation=acting.organisation_id or 0)


class IssueDecision(models.Model):
    """One approval of a commissioner, which covers all its own versions. Never changed."""

    share = models.ForeignKey(IssueShare, models.PROTECT, related_name="decisions")
    decided_on = models.DateField()
    minute_reference = models.CharField(max_length=120, blank=True)
    note = models.TextField(max_length=500, blank=True)
    # Who decided, or chaired, as the approvals that it becomes print it.
    decided_by = models.CharField(max_length=120, blank=True, default="", db_default="")
    decided_as = models.CharField(max_length=120, blank=True, default="", db_default="")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = OfShareQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return f"{Approval.Decision.APPROVED.label} on {self.decided_on}"


class IssueNews(models.Model):
    """What happened to an agreement of a group, for its commissioner's e-mail of a day."""

    share = models.ForeignKey(IssueShare, models.PROTECT, related_name="news")
    # The London day of the e-mail that tells it.
    day = models.DateField()
    happening = models.ForeignKey(Happening, models.PROTECT, related_name="+")

    objects = OfShareQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "issue news"
        constraints = [
            models.UniqueConstraint(fields=["share", "happening"], name="issue_news_once")
        ]
        indexes = [
            models.Index(fields=["share", "day"], name="issue_news_of_day"),
            models.Index(fields=["day"], name="issue_news_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.happening}, told on {self.day}"
