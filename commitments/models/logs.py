"""What parties note of what they learn, whom they asked, and which risks they see."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from agreements.models import Access, Agreement, AssociatedDocument, Party
from agreements.models.emptied import but_emptied
from agreements.models.wall import BehindTheWall, TrackedBehindTheWall
from house.lifecycle import Lifecycle, step
from house.tracked import keep_history
from house.triggers import Trigger
from house.wall import WhoAsks
from parties.models import Organisation


class LogEntryQuerySet(TrackedBehindTheWall["LogEntry"]):
    def visible_to(self, acting: WhoAsks) -> LogEntryQuerySet:
        """The parties of its agreement see an entry, and those of an agreement that it was passed
        on to: these see nothing else of its own (record 0082)."""
        return self.filter(Exists(self._access(acting)) | self._passed_on(acting))

    def of_own(self, acting: WhoAsks) -> LogEntryQuerySet:
        """Those of agreements that the reader sees."""
        return self.filter(Exists(self._access(acting)))

    def _passed_on(self, acting: WhoAsks) -> Q:
        there = Access.objects.filter(
            organisation=acting.organisation_id or 0,
            agreement__log_shares__entry=OuterRef("pk"),
            agreement__log_shares__ended_at=None,
        )
        return Q(Exists(there)) & ~Q(agreement__state=Agreement.State.DISPOSED)

    def that_count(self) -> LogEntryQuerySet:
        return self.exclude(state=LogEntry.State.IN_ERROR)


class LogEntry(models.Model):
    """A line of an agreement's log: of learning (A32, B21), of engagement (C04) or of risks (C08).

    Whoever recorded it changes it, and nobody else; how it was before stays in its history.
    """

    TO_AGREEMENT = "agreement"

    class Kind(models.TextChoices):
        LEARNING = "learning", "Learning"
        ENGAGEMENT = "engagement", "Engagement"
        RISK = "risk", "Risk"

    class State(models.TextChoices):
        OPEN = "open", "On the log"
        # Of a risk alone.
        CLOSED = "closed", "Closed"
        IN_ERROR = "in_error", "Entered in error"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="log_entries")
    # 1, 2, 3, … in its agreement, whatever its kind: e-mails name it by this, as they hold no text.
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # What was learned, what the talk was about, what the risk is about: in one line.
    what = models.CharField(max_length=200)
    text = models.TextField(max_length=5_000, blank=True)
    # When it was learned, said or found.
    happened_on = models.DateField("date")
    # Of engagement: who was asked, and in which way; and the document that it was about.
    groups = models.CharField(max_length=500, blank=True)
    mechanism = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey(
        AssociatedDocument, models.PROTECT, null=True, blank=True, related_name="log_entries"
    )
    # Of a risk: when whoever recorded it looks at it again.
    review_on = models.DateField("date of review", null=True, blank=True)
    # Whether the other parties may pass it on to agreements of theirs; who recorded it always may.
    may_be_passed_on = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    # The optimistic lock: a form carries the number it was made from.
    edit_no = models.PositiveIntegerField(default=0)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=500, blank=True)

    objects = LogEntryQuerySet.as_manager()
    history = keep_history()

    class Meta:
        verbose_name_plural = "log entries"
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="log_number_once"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, closed_by=None, because="")
                | (
                    ~Q(state="open")
                    & Q(closed_at__isnull=False, closed_by__isnull=False)
                    & ~Q(because="")
                ),
                name="log_closed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind="risk") | (Q(review_on=None) & ~Q(state="closed")),
                name="log_risks_alone_are_reviewed",
            ),
            models.CheckConstraint(
                condition=~Q(kind="risk") | Q(may_be_passed_on=False), name="log_risks_stay"
            ),
        ]
        indexes = [
            models.Index(fields=["agreement", "-happened_on", "-number"], name="log_newest"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.called.lower()} of {self.agreement.reference}"

    @property
    def called(self) -> str:
        """ "Risk 5"."""
        return f"{self.get_kind_display()} {self.number}"

    @property
    def is_risk(self) -> bool:
        return self.kind == self.Kind.RISK

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_in_error(self) -> bool:
        return self.state == self.State.IN_ERROR


LOG_LIFECYCLE = Lifecycle(
    "entry",
    {
        "close": step("open", to="closed"),
        "enter_in_error": step("open", "closed", to="in_error"),
    },
)


class LogShare(models.Model):
    """An entry that was passed on to another agreement: its parties read the entry and nothing else
    of the agreement that it comes from. Taken back, they read it no more."""

    # Who sees the agreement that it went to learns that it did.
    TO_AGREEMENT = "agreement"

    entry = models.ForeignKey(LogEntry, models.PROTECT, related_name="shares")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="log_shares")
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    shared_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    shared_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = BehindTheWall["LogShare"].as_manager()

    class Meta:
        ordering = ["shared_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "agreement"], condition=Q(ended_at=None), name="log_share_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="log_share_ended_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} with {self.agreement.reference}"


class RiskReference(models.Model):
    """Under which reference, and where, one party has a risk in its own register (C08)."""

    TO_AGREEMENT = "entry__agreement"

    entry = models.ForeignKey(LogEntry, models.PROTECT, related_name="references")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=100)
    link = models.CharField("address", max_length=500, blank=True)

    objects = TrackedBehindTheWall["RiskReference"].as_manager()
    history = keep_history()

    class Meta:
        ordering = ["entry", "party"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "party"], name="risk_reference_once")
        ]

    def __str__(self) -> str:
        return f"{self.reference}, {self.party}"


class RiskReview(models.Model):
    """Whoever recorded a risk looked at it again. Never changed."""

    TO_AGREEMENT = "entry__agreement"

    entry = models.ForeignKey(LogEntry, models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField("reviewed on")
    note = models.CharField(max_length=500, blank=True)
    next_on = models.DateField("next date of review", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = BehindTheWall["RiskReview"].as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gt=models.F("reviewed_on")),
                name="risk_review_next_after_this_one",
            )
        ]

    def __str__(self) -> str:
        return f"review of {self.entry}, {self.reviewed_on}"


REVIEWS_STAY = but_emptied(
    Trigger(
        name="risk_reviews_append_only",
        table="commitments_riskreview",
        events=("UPDATE", "DELETE"),
        message="A review of a risk does not change.",
    ),
    words=("note",),
    stays=("entry_id", "reviewed_on", "next_on", "by_id", "organisation_id", "at"),
)
