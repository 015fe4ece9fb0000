from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agreements.models import Agreement, Party
from agreements.models.emptied import but_emptied
from agreements.models.wall import BehindTheWall, TrackedBehindTheWall
from house.lifecycle import Lifecycle, step
from house.tracked import keep_history
from house.triggers import Trigger
from parties.models import Organisation, Person


class ActionQuerySet(TrackedBehindTheWall["Action"]):
    def still_open(self) -> ActionQuerySet:
        return self.filter(state=Action.State.OPEN)

    def soonest_first(self) -> ActionQuerySet:
        """By due date; those without one come last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "agreement_id", "number")


class Action(models.Model):
    """Something that a party has to do, agreed at a meeting or recorded by itself (A19).

    Both parties read it and both may record it. What one party records for another stands as not
    yet confirmed until the owner confirms it or says that it is not right.
    """

    TO_AGREEMENT = "agreement"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"
        DROPPED = "dropped", "Dropped"
        IN_ERROR = "in_error", "Entered in error"

    class Standing(models.TextChoices):
        OWN = "own", "Recorded by its owner"
        AWAITED = "awaited", "Not yet confirmed"
        CONFIRMED = "confirmed", "Confirmed by its owner"
        DISPUTED = "disputed", "Said to be not right"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="actions")
    # 1, 2, 3, … in its agreement: e-mails name it by this, as they hold no text.
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=200)
    details = models.TextField(max_length=5_000, blank=True)
    owner = models.ForeignKey(Party, models.PROTECT, related_name="actions")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="actions"
    )
    due_on = models.DateField("due", null=True, blank=True)
    # Where it was agreed: "meeting:<key>", for the room that knows; empty where nowhere.
    source_key = models.CharField(max_length=60, blank=True)
    # To how many later meetings it was carried while it was open.
    carried = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    standing = models.CharField(max_length=10, choices=Standing.choices)
    # The optimistic lock: a form carries the number it was made from.
    edit_no = models.PositiveIntegerField(default=0)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_note = models.CharField(max_length=500, blank=True)

    objects = ActionQuerySet.as_manager()
    history = keep_history()

    class Meta:
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="action_number_once"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, closed_by=None)
                | (~Q(state="open") & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="action_closed_exactly_when_not_open",
            ),
        ]
        indexes = [
            models.Index(fields=["agreement", "due_on"], name="action_open",
                         condition=Q(state="open")),
            models.Index(fields=["source_key"]),
            models.Index(fields=["due_on", "agreement", "number"], name="action_soonest"),
            # What is done is due earlier than all that is open, and is most of it.
            models.Index(fields=["due_on", "agreement", "number"], name="action_open_soonest",
                         condition=Q(state="open")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"action {self.number} of {self.agreement.reference}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def is_overdue(self, today: date) -> bool:
        """Open, not disputed, and its day has passed."""
        disputed = self.standing == self.Standing.DISPUTED
        late = self.due_on is not None and self.due_on < today
        return self.is_open and late and not disputed


ACTION_LIFECYCLE = Lifecycle(
    "action",
    {
        "finish": step("open", to="done"),
        "drop": step("open", to="dropped"),
        "reopen": step("done", "dropped", to="open"),
        "enter_in_error": step("open", "done", "dropped", to="in_error"),
    },
)


class ProgressNote(models.Model):
    """What somebody wrote about how an action goes. Append-only; both parties read it."""

    TO_AGREEMENT = "action__agreement"

    action = models.ForeignKey(Action, models.PROTECT, related_name="notes")
    text = models.TextField(max_length=2_000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = BehindTheWall["ProgressNote"].as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"note on {self.action}"


# As it was before there were disposals: former migrations install it.
NOTES_APPEND_ONLY = Trigger(
    name="progress_notes_append_only",
    table="commitments_progressnote",
    events=("UPDATE", "DELETE"),
    message="A note on progress does not change.",
)
NOTES_STAY = but_emptied(
    NOTES_APPEND_ONLY,
    words=("text",),
    stays=("action_id", "by_id", "organisation_id", "at"),
)
