"""One MoU sent to many: who sends it, and who is the other party of each.

An agreement of the group is made by its commissioner, which is a party to it. So the wall stands
where it stands for every agreement, and whoever sends sees no text of another's (record 0051).
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from agreements.models.templates import TemplateVersion
from house.wall import WalledQuerySet, WhoAsks
from jobs.models import Job
from parties.models import Organisation


class IssueQuerySet(WalledQuerySet["Issue"]):
    def visible_to(self, acting: WhoAsks) -> IssueQuerySet:
        """For who sends it; once it is sent, for the commissioners that it was sent for."""
        own = acting.organisation_id or 0
        shares = IssueShare.objects.filter(issue=OuterRef("pk"), organisation=own)
        return self.filter(Q(organisation=own) | (Q(state="sent") & Exists(shares)))


class Issue(models.Model):
    """One template that goes to many organisations, each of which gets an agreement of its own."""

    class State(models.TextChoices):
        BEING_PREPARED = "being_prepared", "Being prepared"
        SENT = "sent", "Sent"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="issues")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    template_version = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="issues")
    title = models.CharField(max_length=200)
    # The side that those take to whom it goes; the commissioner takes the other.
    slot = models.CharField(max_length=40)
    # Nobody edits clauses or terms; else each agreement begins as a draft of its own.
    text_is_fixed = models.BooleanField(default=True)
    # What stands in the blanks of all.
    blanks = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.BEING_PREPARED)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_sent(self) -> bool:
        return self.state == self.State.SENT

    @property
    def commissioner_slot(self) -> str:
        """The side of the commissioner: its template has two."""
        return next(s.key for s in self.template_version.typed_slots if s.key != self.slot)


class IssueShareQuerySet(WalledQuerySet["IssueShare"]):
    def visible_to(self, acting: WhoAsks) -> IssueShareQuerySet:
        own = acting.organisation_id or 0
        return self.filter(Q(issue__organisation=own) | Q(organisation=own, issue__state="sent"))


class IssueShare(models.Model):
    """What one commissioner has in a sending: it is the party of these lines, and of no others."""

    class State(models.TextChoices):
        # Of another organisation than the one that sends: it says itself whether it takes part.
        ASKED = "asked", "Asked to take part"
        AGREED = "agreed", "Takes part"
        REFUSED = "refused", "Does not take part"

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="shares")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="issue_shares")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.CharField(max_length=500, blank=True)
    # What makes its agreements.
    job = models.OneToOneField(
        Job, models.PROTECT, null=True, blank=True, related_name="issue_share"
    )
    chased_on = models.DateField(null=True, blank=True)

    objects = IssueShareQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "organisation"], name="issue_share_once")
        ]

    def __str__(self) -> str:
        return f"{self.issue}, {self.organisation}"

    @property
    def takes_part(self) -> bool:
        return self.state == self.State.AGREED
