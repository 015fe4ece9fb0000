"""The organisations to which one MoU goes, each a line of the sending with its agreement."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.models.agreement import Agreement
from agreements.models.groups import Issue, IssueShare
from house.wall import WalledQuerySet, WhoAsks
from parties.models import Organisation

# More than a town has practices, and as many as one page of a list can be looked through.
MOST_LINES = 500


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
