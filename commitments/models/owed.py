"""What a party owes, by a day, now and then or as it comes up; and what was said of each time."""

from __future__ import annotations

import uuid
from datetime import date
from functools import cached_property
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q

from agreements.models import Agreement, Party, SavedEmail
from agreements.models.shared_facts import Word
from agreements.models.wall import BehindTheWall, TrackedBehindTheWall
from documents.models import StoredFile
from house.lifecycle import Lifecycle, step
from house.tracked import keep_history
from parties.models import Organisation, Person, Team

# What saved e-mails that are put on an occurrence are stored under.
EMAILED: Final = "occurrence"


class CommitmentQuerySet(TrackedBehindTheWall["Commitment"]):
    def running(self) -> CommitmentQuerySet:
        return self.filter(state=Commitment.State.RUNNING)


class Commitment(models.Model):
    """What one party owes the others by a clause (A21, B09, B12, B22, E21), or somebody outside.

    Made from the text when it comes into force, or recorded by a party. It has a day, or comes
    round so often in each year; with neither it is standing, and is asked about at the wider
    meeting and at the review alone.
    """

    TO_AGREEMENT = "agreement"

    class Cadence(models.TextChoices):
        STANDING = "as_required", "As it comes up"
        ONCE = "once", "Once"
        MONTHLY = "monthly", "Monthly"
        QUARTERLY = "quarterly", "Quarterly"
        TWICE_A_YEAR = "twice_a_year", "Twice in each year"
        YEARLY = "yearly", "Once in each year"
        N_A_YEAR = "n_a_year", "Another number in each year"

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        ENDED = "ended", "Ended"
        IN_ERROR = "in_error", "Entered in error"

    class Standing(models.TextChoices):
        TEXT = "text", "From the text"
        OWN = "own", "Recorded by who owes it"
        AWAITED = "awaited", "Not yet confirmed"
        CONFIRMED = "confirmed", "Confirmed by who owes it"
        DISPUTED = "disputed", "Said to be not right"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="commitments")
    # 1, 2, 3, … in its agreement: e-mails name it by this, as they hold no text.
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=200)
    details = models.TextField(max_length=5_000, blank=True)
    # None where it is somebody `outside`, in words.
    owed_by = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    outside = models.CharField(max_length=200, blank=True)
    # None where it is for all other parties.
    owed_to = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="commitments_to"
    )
    # What asks for it in the text: a clause, and an entry of the terms where one says more.
    clause_key = models.CharField(max_length=80, blank=True)
    term_key = models.CharField(max_length=40, blank=True)
    cadence = models.CharField(max_length=12, choices=Cadence.choices, default=Cadence.STANDING)
    per_year = models.PositiveSmallIntegerField(null=True, blank=True)
    due_on = models.DateField("due", null=True, blank=True)
    by_timetable = models.BooleanField(default=False)
    by_financial_year = models.BooleanField(default=False)
    # The parties said when, where the text does not: what a new text leaves alone.
    days_agreed = models.BooleanField(default=False)
    # The reasons for which a time may be left out, as the standard lists them.
    exclusions = models.JSONField(default=list, blank=True)
    # What the table that comes with it has in its columns; none where it has no table.
    columns = models.JSONField(default=list, blank=True)
    # Years, quarters and months run from here; what was due before `watched_from` nobody watched.
    counts_from = models.DateField()
    watched_from = models.DateField()
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    standing = models.CharField(max_length=10, choices=Standing.choices)
    # The optimistic lock: a form carries the number it was made from.
    edit_no = models.PositiveIntegerField(default=0)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_for = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=500, blank=True)

    objects = CommitmentQuerySet.as_manager()
    history = keep_history()

    class Meta:
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="commitment_number_once"),
            models.CheckConstraint(
                condition=Q(owed_by__isnull=False, outside="") | (Q(owed_by=None) & ~Q(outside="")),
                name="commitment_owed_by_one",
            ),
            models.CheckConstraint(
                condition=Q(state="running", ended_on=None)
                | (~Q(state="running") & Q(ended_on__isnull=False)),
                name="commitment_ended_exactly_when_not_running",
            ),
            models.CheckConstraint(
                condition=Q(person=None) | Q(team=None), name="commitment_one_lead"
            ),
        ]

    def __str__(self) -> str:
        return f"commitment {self.number} of {self.agreement.reference}"

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def is_standing(self) -> bool:
        return self.cadence == self.Cadence.STANDING

    @property
    def is_from_text(self) -> bool:
        return self.standing == self.Standing.TEXT

    @property
    def is_disputed(self) -> bool:
        return self.standing == self.Standing.DISPUTED

    @property
    def who_owes(self) -> str:
        return self.owed_by.name if self.owed_by else self.outside


COMMITMENT_LIFECYCLE = Lifecycle(
    "commitment",
    {
        "end": step("running", to="ended"),
        "enter_in_error": step("running", "ended", to="in_error"),
    },
)


class NextLook(models.Model):
    """The day on which what is owed changes by itself: the sweep looks for it."""

    commitment = models.OneToOneField(Commitment, models.PROTECT, related_name="next_look")
    on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"{self.commitment} on {self.on}"


class DueDate(models.Model):
    """A line of a timetable: for which days something is owed, and by when."""

    TO_AGREEMENT = "commitment__agreement"

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="due_dates")
    first = models.DateField()
    last = models.DateField()
    due_on = models.DateField("due")

    objects = BehindTheWall["DueDate"].as_manager()

    class Meta:
        ordering = ["first"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "first"], name="due_date_once"),
            models.CheckConstraint(
                condition=Q(last__gte=models.F("first")), name="due_date_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment}, {self.first} to {self.last}: {self.due_on}"


class OccurrenceQuerySet(BehindTheWall["Occurrence"]):
    def that_count(self) -> OccurrenceQuerySet:
        return self.filter(error_at=None)


class Occurrence(models.Model):
    """What a party recorded of one time that something was owed, with what shows it.

    Never changed: one that was wrong is marked as entered in error, and another one recorded.
    """

    TO_AGREEMENT = "commitment__agreement"

    class Outcome(models.TextChoices):
        DONE = "done", "Done"
        EXCLUDED = "excluded", "Left out"
        MISSED = "missed", "Not done"
        # Of a standing commitment alone: nobody had anything to do.
        NOTHING = "nothing", "Nothing to report"

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="occurrences")
    # The days for which it was owed, and which of several in them.
    first = models.DateField()
    last = models.DateField()
    number = models.PositiveSmallIntegerField(default=1)
    # As it was when this was recorded; None of a standing commitment.
    due_on = models.DateField("due", null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    done_on = models.DateField(null=True, blank=True)
    # Which of the exclusions holds; or why it was not done.
    reason = models.CharField(max_length=500, blank=True)
    # What shows it: words, an address, a file, or something else that the portal holds, by its key.
    shown_by = models.TextField(max_length=2_000, blank=True)
    link = models.CharField(max_length=500, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="occurrences"
    )
    drawn_key = models.CharField(max_length=80, blank=True)
    # The rows of its table, each a list of cells.
    figures = models.JSONField(default=list, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    error_at = models.DateTimeField(null=True, blank=True)
    error_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    error_because = models.CharField(max_length=500, blank=True)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        ordering = ["commitment", "first", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "first", "number"], condition=Q(error_at=None),
                name="occurrence_once",
            ),
            models.CheckConstraint(
                condition=Q(outcome="done", done_on__isnull=False)
                | (~Q(outcome="done") & Q(done_on=None)),
                name="occurrence_done_on_a_day",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_outcome_display().lower()}: {self.commitment}, {self.first}"

    @property
    def is_shown(self) -> bool:
        """Whether anything shows that it was done, an e-mail on record included."""
        said = self.shown_by or self.link or self.file_id or self.drawn_key or self.figures
        return bool(said or self.has_email)

    @cached_property
    def has_email(self) -> bool:
        """A read of many brings it with the rows (`with_email`)."""
        return emails_on_occurrence(self.pk).exists()

    @property
    def counts_on(self) -> date:
        """The day to which a word on a standing commitment belongs."""
        return self.last


def emails_on_occurrence(pk: int | OuterRef) -> models.QuerySet[SavedEmail]:
    """What was put on the record of an occurrence and is not in error."""
    return SavedEmail.objects.filter(kind=EMAILED, thing=pk, error_at=None)


class OccurrenceWord(Word):
    """Another side's word on it; silence lets it stand."""

    TO_AGREEMENT = "occurrence__commitment__agreement"

    occurrence = models.ForeignKey(Occurrence, models.PROTECT, related_name="words")

    objects = BehindTheWall["OccurrenceWord"].as_manager()

    class Meta:
        ordering = ["at", "pk"]
