from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.models.parties import Party
from agreements.models.versions import Version
from agreements.models.wall import BehindTheWall
from agreements.terms import FIRST_ROUTE
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
        CHANGES_MADE = "changes_made", "Approved, as only the changes asked for were made"
        NOT_AS_ASKED = "not_as_asked", "Not approved, as the changes are not those asked for"

    version = models.ForeignKey(Version, models.PROTECT, related_name="approvals")
    party = models.ForeignKey(Party, models.PROTECT, related_name="approvals")
    route = models.CharField(max_length=4)
    # Which of the party's approvals it is; empty in rows from when each had one alone.
    route_key = models.CharField(max_length=40, blank=True, default="", db_default="")
    decider = models.CharField(max_length=200)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField(max_length=20, choices=Decision.choices)
    decided_on = models.DateField()
    minute_reference = models.CharField(max_length=120, blank=True)
    # Who decided, or chaired, by name and title: as the table of approvals prints them.
    decided_by = models.CharField(max_length=120, blank=True, default="", db_default="")
    decided_as = models.CharField(max_length=120, blank=True, default="", db_default="")
    note = models.CharField(max_length=500, blank=True)
    # What has to change before the text is approved; a former release wrote it in the note.
    changes_asked = models.TextField(max_length=1_000, blank=True, default="", db_default="")
    # Who the decision names: to finalise the text, or to confirm the changes that it asks for.
    delegated_to = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="delegations"
    )
    # The approval of an earlier version on which this confirmation rests, and who confirmed.
    rests_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.CharField(max_length=120, blank=True, default="", db_default="")
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
            models.CheckConstraint(
                condition=~Q(decision__in=["changes_made", "not_as_asked"])
                | (Q(rests_on__isnull=False) & ~Q(confirmed_by="")),
                name="approval_changes_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} by {self.decider}"

    @property
    def of_route(self) -> str:
        """The key of the route that it is a decision of."""
        return self.route_key or FIRST_ROUTE

    @property
    def by_whom(self) -> str:
        """ "Chris Chair, lay member", where it is written down."""
        return ", ".join(filter(None, [self.decided_by, self.decided_as]))

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
        """ "Rejected"; with the name of whoever the decision names, or who confirmed."""
        said = self.get_decision_display()
        if self.decision == self.Decision.SUBJECT_TO_CHANGES:
            return f"{said}, to be confirmed by {self.confirmer}"
        if self.decision in CONFIRMS:
            return f"{said}: {self.confirmed_by}"
        return f"{said}: {self.delegated_to.name}" if self.delegated_to else said

    @property
    def changes(self) -> str:
        """What it asks to be changed, in the words of whoever recorded it."""
        asks = self.decision == self.Decision.SUBJECT_TO_CHANGES
        return (self.changes_asked or self.note) if asks else ""

    @property
    def asks(self) -> str:
        """The same as a sentence."""
        return f"Changes asked for: “{self.changes or 'not written down'}”"

    @property
    def confirmer(self) -> str:
        """Who confirms that only the changes asked for were made."""
        if self.delegated_to:
            return self.delegated_to.name
        return f"the chair of the {self.decider}" if self.route == "body" else f"the {self.decider}"

    @property
    def carries(self) -> Approval | None:
        """The approval that a confirmed next version would rest on; None where none carries."""
        return self.rests_on or (self if self.decision in CARRIES else None)

    @property
    def on_record_by(self) -> str:
        """Who recorded a confirmation that somebody else gave; empty where they gave it here."""
        recorder = self.recorded_by.get_full_name()
        return recorder if self.decision in CONFIRMS and recorder != self.confirmed_by else ""


# With one of these the version is approved as it stands.
APPROVES = frozenset({"approved", "delegated", "by_delegate", "changes_made"})
# The next version may be confirmed on the strength of one of these.
CARRIES = frozenset({"delegated", "subject_to_changes"})
# Somebody's word on the changes that such a one asked for.
CONFIRMS = frozenset({"changes_made", "not_as_asked"})
