from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.models.emptied import but_emptied
from agreements.models.wall import BehindTheWall
from house.triggers import Trigger
from parties.models import Organisation
from performance.models.requests import Request


class RequestStep(models.Model):
    """Something that was done about a request. Append-only: it is the whole record.

    `on` is the London day on which it was done, `at` when it was recorded here. `met` has the dates
    that it met or missed, each with its working as it was counted then: no later holiday moves it.
    """

    TO_AGREEMENT = "request__agreement"

    class Kind(models.TextChoices):
        RECEIVED = "received", "Received"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        UPDATED = "updated", "News of it"
        ANSWERED = "answered", "Answered"
        EXTENT = "extent", "Extent agreed"
        EXCLUDED = "excluded", "Left out by the standard"
        PAUSED = "paused", "The time stands still"
        RESUMED = "resumed", "The time runs again"
        REOPENED = "reopened", "Opened again"
        WITHDRAWN = "withdrawn", "Withdrawn"
        IN_ERROR = "in_error", "Entered in error"
        # What another side says of a step.
        CONFIRMED = "confirmed", "Confirmed"
        DISPUTED = "disputed", "Said to be not right"
        # Of consultations on freedom of information.
        CONSULTED = "consulted", "The view was asked for"
        VIEW = "view", "The view came"
        UNCLEAR = "unclear", "Clarification asked for"
        CLARIFIED = "clarified", "Clarified"
        EXTENDED = "extended", "Extended for the public interest"
        DECIDED = "decided", "Decided"

    # What another side may say is not right.
    SAID_OF = (Kind.RECEIVED, Kind.ANSWERED, Kind.EXCLUDED, Kind.EXTENT)
    WORDS = (Kind.CONFIRMED, Kind.DISPUTED)

    request = models.ForeignKey(Request, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    at = models.DateTimeField()
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Of somebody without an account: who did it, by which link (agreements.core.by_link).
    by_link = models.CharField(max_length=400, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(max_length=5_000, blank=True)
    # The day promised, of the next news, by which the view is wanted, or to which it is extended.
    until = models.DateField(null=True, blank=True)
    # The exclusion of the standard, or the decision.
    choice = models.CharField(max_length=300, blank=True)
    about = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="words")
    # [{"clock", "due_on", "in_time", "working"}, …]
    met = models.JSONField(default=list)

    objects = BehindTheWall["RequestStep"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["confirmed", "disputed"], about__isnull=False)
                | (~Q(kind__in=["confirmed", "disputed"]) & Q(about=None)),
                name="request_step_about_a_step",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(kind="received"), name="request_received_once"
            ),
        ]
        indexes = [models.Index(fields=["request", "id"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.request}"


STEPS_STAY = but_emptied(
    Trigger(
        name="request_steps_append_only",
        table="performance_requeststep",
        events=("UPDATE", "DELETE"),
        message="What was done about a request does not change.",
    ),
    words=("text", "choice"),
    stays=(
        "request_id", "kind", "at", "on", "by_id", "by_link", "organisation_id", "until",
        "about_id", "met",
    ),
)  # fmt: skip
