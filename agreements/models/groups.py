"""One MoU sent to many: who sends it, who is the other party of each, and to whom it goes.

An agreement of the group is made by its commissioner, which is a party to it. So the wall stands
where it stands for every agreement, and whoever sends sees no text of another's (record 0051).
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from agreements.models.agreement import Agreement
from agreements.models.approvals import Approval
from agreements.models.happenings import Happening
from agreements.models.templates import TemplateVersion
from house.wall import WalledQuerySet, WhoAsks
from jobs.models import Job
from parties.models import Organisation

# More than a town has practices, and as many as one page of a list can be looked through.
MOST_LINES = 500


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


class IssueLineQuerySet(WalledQuerySet["IssueLine"]):
    def visible_to(self, acting: WhoAsks) -> IssueLineQuerySet:
        """For who sends it, and for its commissioner. Whoever receives it has the agreement."""
        own = acting.organisation_id or 0
        sent = Q(share__organisation=own, issue__state="sent")
        return self.filter(Q(issue__organisation=own) | sent)


class IssueLine(models.Model):
    """One organisation that gets it, with its commissioner; and the agreement once it is made.

    How it stands follows from the agreement. What the agreement cannot say stands here: that it was
    opened, and that the organisation does not take part.
    """

    class End(models.TextChoices):
        DECLINED = "declined", "Declined"
        OPTED_OUT = "opted_out", "Opted out"

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="lines")
    share = models.ForeignKey(IssueShare, models.PROTECT, related_name="lines")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="issue_lines")
    # Whom the sender knows there: a proposal, which that organisation or the person confirms.
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_title = models.CharField(max_length=120, blank=True)
    blanks = models.JSONField(default=dict, blank=True)
    agreement = models.OneToOneField(
        Agreement, models.PROTECT, null=True, blank=True, related_name="issue_line"
    )
    made_at = models.DateTimeField(null=True, blank=True)
    # When somebody of the organisation first looked at it.
    opened_at = models.DateTimeField(null=True, blank=True)
    # That it takes no part: it declines itself; that it opted out somebody heard, and another
    # person confirms it.
    end = models.CharField(max_length=9, choices=End.choices, blank=True)
    end_because = models.CharField(max_length=500, blank=True)
    end_said_by = models.CharField(max_length=120, blank=True)
    end_said_on = models.DateField(null=True, blank=True)
    end_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_recorded_at = models.DateTimeField(null=True, blank=True)
    end_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = IssueLineQuerySet.as_manager()
    # What a page names, where the row was read with it (agreements/groups/standing.py).
    name: str = ""
    commissioner: str = ""
    newest_state: str = ""

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "organisation"], name="issue_line_once"),
            models.CheckConstraint(
                condition=Q(end="") | ~Q(end_because=""), name="issue_line_ends_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.issue}"

    @property
    def is_waiting_to_opt_out(self) -> bool:
        """Somebody wrote down that it opted out, and nobody has confirmed it yet."""
        return self.end == self.End.OPTED_OUT and self.end_confirmed_at is None

    @property
    def has_ended(self) -> bool:
        return bool(self.end) and not self.is_waiting_to_opt_out

    @property
    def made(self) -> Agreement:
        """Its agreement, which is made."""
        assert self.agreement  # noqa: S101 - asked before
        return self.agreement


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
        indexes = [models.Index(fields=["share", "day"], name="issue_news_of_day")]

    def __str__(self) -> str:
        return f"{self.happening}, told on {self.day}"
