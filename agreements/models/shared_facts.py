"""What one party records for all, and the others' word on it (design record 0004)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agreements.models.agreement import Agreement
from agreements.models.wall import BehindTheWall
from documents.models import StoredFile
from house.lifecycle import Lifecycle, step
from parties.models import Organisation


class Word(models.Model):
    """Another party's word on a shared fact that one party recorded."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Of somebody without an account: who said it, by which link. The user is the portal's own.
    by_link = models.CharField(max_length=400, blank=True, default="", db_default="")

    class Meta:
        abstract = True

    @property
    def said_by(self) -> str:
        return self.by_link or self.user.get_full_name()

    def __str__(self) -> str:
        return f"{self.organisation}: {'right' if self.agrees else 'not right'}"


class Review(models.Model):
    """A review that was held, as one party recorded it for all (A26). Never changed.

    A record that was wrong is put right by another one of the same number, which `corrects` it:
    what counts is the one that nobody put right.
    """

    TO_AGREEMENT = "agreement"

    class Outcome(models.TextChoices):
        CONTINUE = "continue", "Continue it as it is"
        VARY = "vary", "Vary it"
        END = "end", "End it"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="reviews")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    held_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    note = models.CharField(max_length=1_000, blank=True)
    # When the next one is due, as the parties set it; None where the text asks for none.
    next_on = models.DateField("next date of review", null=True, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    # What was wrong with the record that this one puts right.
    because = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = BehindTheWall["Review"].as_manager()

    class Meta:
        ordering = ["agreement", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], condition=Q(corrects=None), name="review_once"
            ),
            models.CheckConstraint(
                condition=Q(next_on__gt=F("held_on")), name="review_next_after_this_one"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(because=""), name="review_corrected_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.number} of {self.agreement.reference}"


class ReviewAnswer(Word):
    TO_AGREEMENT = "review__agreement"

    review = models.ForeignKey(Review, models.PROTECT, related_name="answers")

    objects = BehindTheWall["ReviewAnswer"].as_manager()

    class Meta:
        ordering = ["at", "pk"]


class RegisteredCopy(models.Model):
    """A signed MoU that was made elsewhere: its file, and who vouches for it (X14)."""

    TO_AGREEMENT = "agreement"

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="registered_copy")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="registered_copy")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    # "With effect from", where the MoU names another day than that of its sign-off.
    effective_on = models.DateField("with effect from", null=True, blank=True)
    approval_sought_on = models.DateField(null=True, blank=True)
    # What ends it besides a day, after "when": "the plan is delivered".
    ends_when = models.CharField(max_length=200, blank=True, default="", db_default="")
    # As the paper says it, one on each line: who signed and who approved it, for which party.
    who_signed = models.TextField(max_length=10_000, blank=True, default="", db_default="")
    who_approved = models.TextField(max_length=10_000, blank=True, default="", db_default="")
    # What is due on which other day, one on each line: "Action plan; 31 October 2017".
    other_days = models.TextField(max_length=10_000, blank=True, default="", db_default="")
    # What was found to look at, as sentences; shown, never refused.
    findings = models.JSONField(default=list)
    # Of all that was typed: by it a second press of the button is known.
    typed_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = BehindTheWall["RegisteredCopy"].as_manager()

    class Meta:
        verbose_name_plural = "registered copies"

    def __str__(self) -> str:
        return f"registered copy of {self.agreement}"


class CopyChange(models.Model):
    """What one party puts right about a registration, or that it was an error as a whole.

    Until another party has confirmed the copy it holds at once; from then on when one of them says
    that it is right (record 0023).
    """

    TO_AGREEMENT = "copy__agreement"

    class Kind(models.TextChoices):
        CORRECTION = "correction", "Correction"
        WITHDRAWAL = "withdrawal", "Withdrawal"

    class State(models.TextChoices):
        ASKED = "asked", "To be confirmed"
        MADE = "made", "Made"
        REFUSED = "refused", "Not right, another party says"

    copy = models.ForeignKey(RegisteredCopy, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    # Field -> what it said, and what it says instead; days as 2013-09-03.
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    because = models.CharField(max_length=500)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_for = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    # Of somebody without an account: who answered, by which link. The user is the portal's own.
    answered_link = models.CharField(max_length=400, blank=True, default="", db_default="")
    answer = models.CharField(max_length=500, blank=True)

    objects = BehindTheWall["CopyChange"].as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["copy"], condition=Q(state="asked"), name="copy_change_one_asked"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().lower()} of the {self.copy}"


COPY_CHANGE_LIFECYCLE = Lifecycle(
    "change", {"make": step("asked", to="made"), "refuse": step("asked", to="refused")}
)


class Confirmation(Word):
    TO_AGREEMENT = "copy__agreement"

    copy = models.ForeignKey(RegisteredCopy, models.PROTECT, related_name="confirmations")

    objects = BehindTheWall["Confirmation"].as_manager()

    class Meta:
        ordering = ["at"]
