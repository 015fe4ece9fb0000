from __future__ import annotations

import uuid
from datetime import date
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agreements.models import Agreement, Party, Version
from agreements.models.wall import TrackedBehindTheWall
from agreements.terms import Standard
from house.clock import london_day
from house.lifecycle import Lifecycle, step
from house.tracked import keep_history
from parties.models import Organisation, Person


class RequestQuerySet(TrackedBehindTheWall["Request"]):
    def still_open(self) -> RequestQuerySet:
        return self.filter(state__in=Request.OPEN)

    def soonest_first(self) -> RequestQuerySet:
        """By the date that is next; those without one come last, the newest of them first."""
        return self.order_by(F("due_on").asc(nulls_last=True), "-received_at", "-pk")


class Request(models.Model):
    """Something that one party asks of another, or that somebody outside asks of a party.

    Its words stand here, what was done about it in its steps. `version` is the one whose terms hold
    for it: a later text does not change by when it was owed. What follows from the steps is kept
    beside them (`services.clocks`): the state, the next date, how it stands to its standard.
    """

    TO_AGREEMENT = "agreement"

    class Kind(models.TextChoices):
        INFORMATION = "information", "Request for information"
        QUERY = "query", "Query"
        PRACTICE_VISIT = "practice_visit", "Practice visit"
        FOI = "foi", "Freedom-of-information consultation"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        PAUSED = "paused", "Standing still"
        ANSWERED = "answered", "Answered"
        EXCLUDED = "excluded", "Left out by the standard"
        WITHDRAWN = "withdrawn", "Withdrawn"
        IN_ERROR = "in_error", "Entered in error"

    class How(models.TextChoices):
        PAGE = "page", "Here, on this page"
        LINK = "link", "By a link in an e-mail"
        EMAIL = "email", "By e-mail"
        PAPER = "paper", "On paper"
        PHONE = "phone", "By telephone"
        IN_PERSON = "in_person", "In person"

    class Outcome(models.TextChoices):
        """How it stands to the days of its standard, or of the law."""

        NONE = "none", "No days are set"
        RUNNING = "running", "Not due yet"
        IN_TIME = "in_time", "In time"
        LATE = "late", "Late"

    OPEN = (State.OPEN, State.PAUSED)

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="requests")
    # 1, 2, 3, … in its agreement: e-mails name it by this, as they hold no text.
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=Kind.choices)
    subject = models.CharField(max_length=200)
    details = models.TextField(max_length=5_000, blank=True)
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    # Of the terms of that version; empty where they have none for it.
    standard_key = models.CharField(max_length=40, blank=True)
    asked_of = models.ForeignKey(Party, models.PROTECT, related_name="requests_to_answer")
    # A party, or somebody outside in words; of a consultation nobody: who asked is not recorded.
    asked_by = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="requests_made"
    )
    asker = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=12, choices=How.choices, default=How.PAGE)
    # Who answers it, where the party asked has named somebody.
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="requests"
    )
    received_at = models.DateTimeField()
    # Whether the hour is known: what came on paper may have a day alone.
    has_time = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    # Kept equal to its steps: the nearest date of the party asked, and which clock that is of.
    due_on = models.DateField("due", null=True, blank=True)
    due_clock = models.CharField(max_length=12, blank=True)
    acknowledged_on = models.DateField(null=True, blank=True)
    promised_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.NONE)
    broke_promise = models.BooleanField(default=False)
    # Another side says that what was recorded last is not right.
    is_disputed = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = RequestQuerySet.as_manager()
    history = keep_history()

    class Meta:
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="request_number_once"),
            models.CheckConstraint(
                condition=Q(asked_by=None) | Q(asker=""), name="request_asked_by_one"
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("asked_of")), name="request_not_asked_of_the_asker"
            ),
            models.CheckConstraint(
                condition=~Q(kind="foi") | Q(asked_by=None, asker=""),
                name="request_no_name_of_who_asked_by_law",
            ),
        ]
        indexes = [
            models.Index(fields=["agreement", "due_on"], name="request_open",
                         condition=Q(state__in=["open", "paused"])),
            models.Index(fields=["due_on", "-received_at"], name="request_soonest"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"request {self.number} of {self.agreement.reference}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_foi(self) -> bool:
        return self.kind == self.Kind.FOI

    @property
    def received_on(self) -> date:
        """The London day on which it was received."""
        return london_day(self.received_at)

    @cached_property
    def standard(self) -> Standard | None:
        """The standard of the terms that hold for it; asks for its version where that is not at
        hand."""
        if not self.standard_key:
            return None
        every = self.version.typed_terms.standards
        return next((each for each in every if each.key == self.standard_key), None)


LIFECYCLE = Lifecycle(
    "request",
    {
        "acknowledge": step("open", to="open"),
        "update": step("open", to="open"),
        "answer": step("open", "paused", to="answered"),
        # Also what was answered late, where the standard leaves that out.
        "exclude": step("open", "paused", "answered", to="excluded"),
        "pause": step("open", to="paused"),
        "resume": step("paused", to="open"),
        "reopen": step("answered", "excluded", "withdrawn", to="open"),
        "withdraw": step("open", "paused", to="withdrawn"),
        "extend": step("open", to="open"),
        "view": step("open", to="open"),
        "view_meanwhile": step("paused", to="paused"),
        "enter_in_error": step(
            "open", "paused", "answered", "excluded", "withdrawn", to="in_error"
        ),
    },
)
