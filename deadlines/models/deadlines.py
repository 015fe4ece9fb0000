"""What is due, for whom, and the days on which nobody works."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from house.tracked import TrackedQuerySet, keep_history
from house.wall import WalledQuerySet, WhoAsks
from parties.models import Organisation, Person, Role, Team


class Holiday(models.Model):
    """A day that is no working day in one calendar. Administrators can add one in a minute."""

    class Calendar(models.TextChoices):
        ENGLAND_AND_WALES = "england_and_wales", "England and Wales"
        FREEDOM_OF_INFORMATION = "foi", "Freedom of information: any part of the United Kingdom"

    calendar = models.CharField(max_length=20, choices=Calendar.choices)
    day = models.DateField()
    name = models.CharField(max_length=120)

    objects = TrackedQuerySet["Holiday"].as_manager()
    history = keep_history()

    class Meta:
        ordering = ["calendar", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "day"],
                name="holiday_once",
                violation_error_message="This day is a holiday in this calendar already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.day}"


class DeadlineQuerySet(WalledQuerySet["Deadline"]):
    def visible_to(self, acting: WhoAsks) -> DeadlineQuerySet:
        """Those that the organisation holds, to act on or to watch; nobody else knows of them."""
        holders = Holder.objects.filter(organisation=acting.organisation_id or 0)
        return self.filter(pk__in=holders.values("deadline"))

    def still_open(self) -> DeadlineQuerySet:
        return self.filter(state=Deadline.State.OPEN)

    def about(self, *references: str) -> DeadlineQuerySet:
        """Those that concern these agreements."""
        concerned = Concerned.objects.filter(reference__in=references)
        return self.filter(pk__in=concerned.values("deadline"))


class Deadline(models.Model):
    """Something that is due, once for each kind, subject and occurrence.

    It is written by `set_deadline` alone. With `due_on` it is due on a London day, with `due_at` at
    an instant (`due_on` is then its London day), with neither it waits for somebody since `since`.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        MET = "met", "Met"
        CANCELLED = "cancelled", "Cancelled"

    kind = models.CharField(max_length=40)
    subject_key = models.CharField(max_length=60)
    occurrence = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    due_on = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    since = models.DateTimeField()
    # Each move of the date is a new generation: its reminders are armed again, even back to where
    # the date was before.
    generation = models.PositiveIntegerField(default=1)
    # Names of offsets (deadlines.rules.offsets), "days:-30", in the order of time.
    schedule = models.JSONField(default=list)
    # A date that follows from working days: {"calendar", "received_on", "working_days"}.
    counting = models.JSONField(null=True, blank=True)
    clause_key = models.CharField(max_length=80, blank=True)
    # How the date follows, in a sentence.
    working = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Its line on Home (deadlines.lines); {} where it has none, None where none was stored yet.
    line = models.JSONField(null=True, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_key", "occurrence"], name="deadline_once"
            ),
            models.CheckConstraint(
                condition=Q(due_at=None) | Q(due_on__isnull=False), name="deadline_instant_has_day"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None)
                | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="deadline_closed_exactly_when_not_open",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], name="deadline_open", condition=Q(state="open")),
            models.Index(fields=["subject_key"]),
        ]

    @property
    def subject(self) -> str:
        """What is kept of its subject: "17" of "agreement:17"."""
        return self.subject_key.partition(":")[2]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject_key} {self.occurrence}".strip()

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class Concerned(models.Model):
    """An agreement that a deadline is about, by its reference: this room knows no agreements."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="concerned")
    reference = models.CharField(max_length=20)

    class Meta:
        verbose_name_plural = "agreements concerned"
        constraints = [
            models.UniqueConstraint(fields=["deadline", "reference"], name="concerned_once")
        ]
        indexes = [models.Index(fields=["reference", "deadline"])]

    def __str__(self) -> str:
        return self.reference


class Holder(models.Model):
    """Who a deadline is for: an organisation, and in it a person, a team or whoever has a role.

    Who only `watches` sees it and waits for the others. `due_on` and `is_open` repeat the
    deadline's own, so that the home page is one index scan, in the order in which it reads them;
    `set_deadline` writes both.
    """

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="holders")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    watches = models.BooleanField(default=False)
    due_on = models.DateField(null=True, blank=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "due_on", "deadline"],
                name="holder_nearest",
                condition=Q(is_open=True),
            ),
            # For calendars: what was held or called off.
            models.Index(
                fields=["organisation", "due_on", "deadline"],
                name="holder_closed",
                condition=Q(is_open=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.team or self.role or self.organisation)
