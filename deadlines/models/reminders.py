"""How people are told of a deadline, and how they want to be."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from deadlines.models.deadlines import Deadline
from house.tracked import TrackedQuerySet, keep_history
from parties.models import Organisation, Person


class Reminder(models.Model):
    """A moment at which people are told of a deadline. The sweep makes e-mails of it, once."""

    class State(models.TextChoices):
        PENDING = "pending", "Pending"
        SENT = "sent", "Sent"
        COLLAPSED = "collapsed", "Told with another"
        SKIPPED = "skipped", "Passed before it was armed"
        NOT_NEEDED = "not_needed", "No longer needed"
        NOBODY = "nobody", "Nobody to tell"
        FAILED = "failed", "Failed"

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="reminders")
    generation = models.PositiveIntegerField()
    offset = models.CharField(max_length=20)
    send_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.PENDING)
    # When the sweep took it up, and how late that was.
    taken_up_at = models.DateTimeField(null=True, blank=True)
    # Organisation's id (0 for none) -> how many of its people were told.
    told = models.JSONField(default=dict, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "generation", "offset"], name="reminder_once"
            )
        ]
        indexes = [
            models.Index(fields=["next_try"], name="reminder_pending", condition=Q(state="pending"))
        ]

    def __str__(self) -> str:
        return f"{self.offset} of {self.deadline}"


class LastSweep(models.Model):
    """When a sweep last ran to its end: the portal's heartbeat."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.at:%Y-%m-%d %H:%M}"


class MailPreference(models.Model):
    """How a person wants to be told. What a clause requires cannot be switched off."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="mail_preference")
    one_digest_a_day = models.BooleanField(default=False)
    # Keys of the kinds of reminders that they do not want.
    switched_off = models.JSONField(default=list, blank=True)

    objects = TrackedQuerySet["MailPreference"].as_manager()
    history = keep_history()

    def __str__(self) -> str:
        return f"preferences of {self.person}"


class DigestLine(models.Model):
    """A reminder that goes into a person's digest of one London day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    day = models.DateField()
    reminder = models.ForeignKey(Reminder, models.PROTECT, related_name="+")
    # For which organisation they are told: what is said depends on the side.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "reminder"], name="digest_line_once")
        ]
        indexes = [models.Index(fields=["person", "day"])]

    def __str__(self) -> str:
        return f"{self.reminder} for {self.person}"
