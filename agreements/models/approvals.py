from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.models.parties import Party
from agreements.models.versions import Version
from agreements.models.wall import BehindTheWall
from house.clock import london_day
from nhsuk.dates import day
from parties.models import Body, Person


class Approval(models.Model):
    """What a party's body or post-holder decided about one version (A02). Never changed."""

    TO_AGREEMENT = "version__agreement"

    class Decision(models.TextChoices):
        APPROVED = "approved", "Approved"
        SUBJECT_TO_CHANGES = "subject_to_changes", "Approved subject to changes"
        DELEGATED = "delegated", "Approved, and a named person may finalise it"
        FOR_ENGAGEMENT = "for_engagement", "Approved for engagement"
        NOTED = "noted", "Noted"
        DEFERRED = "deferred", "Deferred"
        REJECTED = "rejected", "Rejected"
        BY_DELEGATE = "by_delegate", "Changes confirmed by the named person"

    version = models.ForeignKey(Version, models.PROTECT, related_name="approvals")
    party = models.ForeignKey(Party, models.PROTECT, related_name="approvals")
    route = models.CharField(max_length=4)
    decider = models.CharField(max_length=200)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField(max_length=20, choices=Decision.choices)
    decided_on = models.DateField()
    minute_reference = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=500, blank=True)
    delegated_to = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="delegations"
    )
    # The delegated approval, of an earlier version, on which this one rests.
    rests_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = BehindTheWall["Approval"].as_manager()

    class Meta:
        ordering = ["decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision="delegated") | Q(delegated_to__isnull=False),
                name="approval_delegated_to_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(decision="by_delegate") | Q(rests_on__isnull=False),
                name="approval_by_delegate_rests_on_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} by {self.decider}"

    @property
    def is_before_text(self) -> bool:
        """Whether the decision is dated before the day on which its text was numbered."""
        frozen_at = self.version.frozen_at
        return frozen_at is not None and self.decided_on < london_day(frozen_at)

    @property
    def dated(self) -> str:
        """The day of the decision; said too where it is before the text that it is about."""
        before = ", before the text was numbered" if self.is_before_text else ""
        return f"{day(self.decided_on)}{before}"

    @property
    def in_words(self) -> str:
        """ "Rejected"; with the name of whoever may finalise the text, if it was left to them."""
        said = self.get_decision_display()
        return f"{said}: {self.delegated_to.name}" if self.delegated_to else said


# With one of these the version is approved as it stands.
APPROVES = frozenset({"approved", "delegated", "by_delegate"})
