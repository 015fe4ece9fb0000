from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from agreements.models.emptied import but_emptied
from house.clock import london_instant
from house.lifecycle import Lifecycle, step
from house.tracked import TrackedQuerySet, keep_history
from house.triggers import Trigger
from house.wall import WalledQuerySet, WhoAsks
from meetings.models.series import Series, served_for
from parties.models import Organisation, Person


class MeetingQuerySet(TrackedQuerySet["Meeting"], WalledQuerySet["Meeting"]):
    def visible_to(self, acting: WhoAsks) -> MeetingQuerySet:
        """Those that were held, or are, for an agreement which the reader may see (record 0055)."""
        return self.filter(Exists(served_for(acting, "series", "day")))

    def scheduled(self) -> MeetingQuerySet:
        return self.filter(state=Meeting.State.SCHEDULED)


class Meeting(models.Model):
    """One meeting of a series: called, held and recorded, or cancelled."""

    class State(models.TextChoices):
        SCHEDULED = "scheduled", "Scheduled"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"
        IN_ERROR = "in_error", "Entered in error"

    class Standing(models.TextChoices):
        """How its record stands with the other parties; of several agreements the worst of all."""

        NONE = "", "Not recorded yet"
        AWAITED = "awaited", "Not yet confirmed"
        CONFIRMED = "confirmed", "Confirmed"
        DISPUTED = "disputed", "Said to be not right"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    series = models.ForeignKey(Series, models.PROTECT, related_name="meetings")
    day = models.DateField()
    # London's; None while it is not agreed, or not known any more.
    time = models.TimeField(null=True, blank=True)
    # Until when, on that day; None where nobody said.
    ends = models.TimeField("until", null=True, blank=True)
    place = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SCHEDULED)
    standing = models.CharField(
        max_length=10, choices=Standing.choices, blank=True, default=Standing.NONE
    )
    # Recorded afterwards, without having been called here.
    elsewhere = models.BooleanField("recorded as held elsewhere", default=False)
    notes = models.TextField(max_length=20_000, blank=True)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    called_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_for = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True, blank=True)
    # Why it was cancelled, or entered in error.
    because = models.CharField(max_length=500, blank=True)
    # The optimistic lock: a form carries the number it was made from.
    edit_no = models.PositiveIntegerField(default=0)

    objects = MeetingQuerySet.as_manager()
    history = keep_history()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            # Two people who record the same meeting record it once.
            models.UniqueConstraint(
                fields=["series", "day"],
                condition=Q(state__in=["scheduled", "held"]),
                name="meeting_once_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="held")
                | Q(recorded_by__isnull=False, recorded_for__isnull=False,
                    recorded_at__isnull=False),
                name="meeting_held_is_recorded",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["series", "state", "day"])]

    def __str__(self) -> str:
        return f"{self.series}, {self.day}"

    @property
    def starts_at(self) -> datetime | None:
        """The instant at which it begins; None while its time is not known."""
        return london_instant(self.day, self.time) if self.time else None

    @property
    def ends_at(self) -> datetime | None:
        """The instant at which it ends; None while that is not said."""
        return london_instant(self.day, self.ends) if self.time and self.ends else None

    @property
    def is_scheduled(self) -> bool:
        return self.state == self.State.SCHEDULED

    @property
    def is_held(self) -> bool:
        return self.state == self.State.HELD

    @property
    def counts(self) -> bool:
        """Held, and nobody who should know says that it is not right: of one agreement."""
        return self.is_held and self.standing != self.Standing.DISPUTED


MEETING_LIFECYCLE = Lifecycle(
    "meeting",
    {
        "record": step("scheduled", to="held"),
        "cancel": step("scheduled", to="cancelled"),
        "enter_in_error": step("scheduled", "held", "cancelled", to="in_error"),
    },
)


class AttendeeQuerySet(TrackedQuerySet["Attendee"], WalledQuerySet["Attendee"]):
    def visible_to(self, acting: WhoAsks) -> AttendeeQuerySet:
        """Who is named by words alone; of people those of parties to an agreement of one's own."""
        served = served_for(acting, "meeting__series", "meeting__day")
        own = served.filter(agreement__access__organisation=OuterRef("organisation"))
        return self.filter(Q(Exists(served)) & (Q(organisation=None) | Q(Exists(own))))


class Attendee(models.Model):
    """Somebody who came: a person of a party, or another by name or role."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendees")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="attended"
    )
    name = models.CharField(max_length=160, blank=True)

    objects = AttendeeQuerySet.as_manager()
    history = keep_history()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, organisation=None) & ~Q(name="")
                | Q(person__isnull=False, organisation__isnull=False, name=""),
                name="attendee_person_or_name",
            ),
            models.UniqueConstraint(fields=["meeting", "person"], name="attendee_person_once"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.person)


class AnswerQuerySet(WalledQuerySet["MeetingAnswer"]):
    def visible_to(self, acting: WhoAsks) -> AnswerQuerySet:
        """What the parties of one's own agreements said."""
        served = served_for(acting, "meeting__series", "meeting__day")
        own = served.filter(agreement__access__organisation=OuterRef("organisation"))
        return self.filter(Exists(own))


class MeetingAnswer(models.Model):
    """What another party says of a record: that it is right, or what is not. Append-only."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="answers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    because = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Of somebody without an account: who said it, by which link (agreements.core.by_link).
    by_link = models.CharField(max_length=400, blank=True, default="", db_default="")
    at = models.DateTimeField()

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation} on {self.meeting}"


# As it was before there were disposals: former migrations install it.
ANSWERS_APPEND_ONLY = Trigger(
    name="meeting_answers_append_only",
    table="meetings_meetinganswer",
    events=("UPDATE", "DELETE"),
    message="What a party said of a record does not change.",
)
ANSWERS_STAY = but_emptied(
    ANSWERS_APPEND_ONLY,
    words=("because",),
    stays=("meeting_id", "organisation_id", "agrees", "by_id", "by_link", "at"),
)
