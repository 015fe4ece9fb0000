"""Changes of an agreement in force: an extension, a notice, an end (record 0060), a variation or a
correction of its text (record 0065)."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.models.agreement import Agreement
from agreements.models.shared_facts import Word
from agreements.models.wall import BehindTheWall
from house.lifecycle import Lifecycle, step
from parties.models import Organisation


class Change(models.Model):
    """What one party opened and others answer. What it says is never changed; its state moves."""

    TO_AGREEMENT = "agreement"

    class Kind(models.TextChoices):
        VARIATION = "variation", "Variation"
        CORRECTION = "correction", "Correction"
        EXTENSION = "extension", "Extension"
        WITHDRAWAL = "withdrawal", "Notice of withdrawal"
        NOT_EXTENDING = "not_extending", "Notice of not extending"
        TAKING_BACK = "taking_back", "Taking back a notice or an end"
        ENDING = "ending", "Ending by agreement"
        EVENT = "event", "End by an event"
        END = "end", "End on its day"
        STILL_WORKING = "still_working", "Still working to it"
        DISPOSAL = "disposal", "Disposal"

    class State(models.TextChoices):
        OPEN = "open", "Waits for an answer"
        RUNNING = "running", "Runs"
        AGREED = "agreed", "Agreed, its day is to come"
        DONE = "done", "Done"
        REFUSED = "refused", "Not agreed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    NOTICES = frozenset({Kind.WITHDRAWAL, Kind.NOT_EXTENDING})
    # Each has a text of its own: a draft at first, which all sign in the end.
    OF_TEXT = frozenset({Kind.VARIATION, Kind.CORRECTION})
    # It holds, or may come to hold.
    ALIVE = frozenset({State.OPEN, State.RUNNING, State.AGREED})

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    # The new end, the last day, the day of the event, or the day on which to ask again. Of an
    # extension None: without an end. Of a change of the text None until its text is in force.
    on = models.DateField("day", null=True, blank=True)
    # Of a notice: the day on which it was given.
    given_on = models.DateField(null=True, blank=True)
    # Of a notice: the earliest end by the text, and how it follows.
    earliest = models.DateField("earliest end", null=True, blank=True)
    working = models.CharField(max_length=300, blank=True)
    # The ground, or the reason, or which event it was.
    because = models.CharField(max_length=1_000, blank=True)
    # Of a notice that is shorter than the text asks for: why.
    shorter_because = models.CharField(max_length=500, blank=True)
    # Of a notice: whom it was discussed with, and when.
    discussed = models.CharField(max_length=500, blank=True)
    # The notice, or the agreed end, that is taken back.
    about = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="taken_back_by"
    )
    # Of a notice: its party leaves, and the MoU goes on between the others.
    leaves = models.BooleanField(default=False)
    # The agreement's end when it was opened: what was extended, or ended sooner.
    end_before = models.DateField(null=True, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    # When it came to its state, and why, where somebody withdrew it.
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.CharField(max_length=500, blank=True)

    objects = BehindTheWall["Change"].as_manager()

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "kind", "opened_for"],
                condition=Q(state__in=["open", "running", "agreed"]),
                name="change_one_alive",
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(kind__in=["variation", "correction"], state="open"),
                name="change_one_text_open",
            ),
            models.CheckConstraint(
                condition=Q(on__isnull=False)
                | Q(kind__in=["extension", "taking_back", "variation", "correction", "disposal"]),
                name="change_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(kind="taking_back", about__isnull=False)
                | ~Q(kind="taking_back") & Q(about=None),
                name="change_takes_back_a_notice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().lower()} of {self.agreement.reference}"

    @property
    def is_notice(self) -> bool:
        return self.kind in self.NOTICES

    @property
    def standing(self) -> str:
        """Its state in words: a change of the text waits for signatures, not for answers."""
        if self.is_of_text and self.state == self.State.OPEN:
            return "Its text is being agreed"
        return str(self.get_state_display())

    @property
    def is_of_text(self) -> bool:
        """It changes the words: who accepts it signs them."""
        return self.kind in self.OF_TEXT

    @property
    def is_of_ended(self) -> bool:
        """It is about an MoU that has ended; every other is about one in force."""
        return self.kind == self.Kind.DISPOSAL

    @property
    def is_alive(self) -> bool:
        return self.state in self.ALIVE

    @property
    def takes_words(self) -> bool:
        """Whether others can say something of it: also that they do not still work to the MoU. What
        all have agreed to holds, whoever thinks otherwise by now."""
        open_or_runs = self.state in (self.State.OPEN, self.State.RUNNING)
        return open_or_runs or self.kind == self.Kind.STILL_WORKING

    @property
    def can_be_taken_back(self) -> bool:
        """A notice that runs, and an end that all agreed to, while its day is to come."""
        return (self.is_notice and self.state == self.State.RUNNING) or (
            self.kind == self.Kind.ENDING and self.state == self.State.AGREED
        )

    @property
    def is_short(self) -> bool:
        """A notice that ends sooner than the text lets it."""
        return bool(self.earliest and self.on and self.on < self.earliest)


CHANGE_LIFECYCLE: Final = Lifecycle(
    "change of an MoU",
    {
        "run": step("open", to="running"),
        "agree": step("open", to="agreed"),
        "refuse": step("open", to="refused"),
        "withdraw": step("open", "running", "agreed", to="withdrawn"),
        "do": step("open", "running", "agreed", to="done"),
    },
)


class ChangeAnswer(Word):
    """What a party says to a change: it accepts, or not and why. Its newest word counts."""

    TO_AGREEMENT = "change__agreement"

    change = models.ForeignKey(Change, models.PROTECT, related_name="answers")

    objects = BehindTheWall["ChangeAnswer"].as_manager()

    class Meta:
        ordering = ["at", "pk"]
