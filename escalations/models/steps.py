from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q

from agreements.models import Party, spells_today
from agreements.models.emptied import but_emptied
from agreements.models.wall import BehindTheWall
from escalations.models.concerned import concerning
from escalations.models.disagreement import Disagreement
from house.triggers import Trigger
from house.wall import WhoAsks, there_is
from parties.models import Person


class StepQuerySet(BehindTheWall["Step"]):
    def visible_to(self, acting: WhoAsks) -> StepQuerySet:
        """Of disagreements that it has a part in what all sides see, and the own notes of the sides
        that the organisation holds today."""
        held = spells_today(acting.organisation_id).filter(party=OuterRef("party"))
        shared = self.model.objects.filter(kind=Step.Kind.SHARED, about=OuterRef("pk"))
        seen = Q(own=False) | there_is(held) | there_is(shared)
        theirs = super().visible_to(acting).filter(concerning(acting, "disagreement"))
        behind_the_wall: StepQuerySet = theirs.filter(seen)  # type: ignore[assignment]
        return behind_the_wall


class Step(models.Model):
    """Something that somebody did about a disagreement. Append-only: it is the whole record.

    `party` is the side on which it was done, `by` who did it here. `for_person` is whose act it
    is, where somebody recorded it for a person who has no account or is away.
    """

    TO_AGREEMENT = "disagreement__agreement"

    class Kind(models.TextChoices):
        OPENED = "opened", "Opened"
        NAMED = "named", "Somebody named for a level"
        WANTED = "wanted", "What a side wants"
        NOTE = "note", "Note"
        SHARED = "shared", "Note shared"
        PROPOSAL = "proposal", "Proposal"
        ACCEPTANCE = "acceptance", "Acceptance"
        TAKEN_UP = "taken_up", "Taken to another level"
        SKIPPED = "skipped", "Level skipped"
        BROUGHT_IN = "brought_in", "Another party brought in"
        ADVICE_ASKED = "advice_asked", "Advice asked"
        ADVICE_GIVEN = "advice_given", "Advice given"
        AGREED = "agreed", "Settled"
        WITHDRAWN = "withdrawn", "Withdrawn"

    # With these the disagreement leaves its level, or ends there.
    LEAVING = (Kind.TAKEN_UP, Kind.AGREED, Kind.WITHDRAWN)

    disagreement = models.ForeignKey(Disagreement, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Of somebody without an account: who did it, by which link (agreements.core.by_link).
    by_link = models.CharField(max_length=400, blank=True, default="", db_default="")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    for_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    # The level at which it was done, for which somebody is named, or which was skipped.
    level = models.CharField(max_length=40)
    # Where it was taken to.
    target = models.CharField(max_length=40, blank=True)
    text = models.TextField(max_length=5_000, blank=True)
    # The proposal accepted or agreed, the advice answered, the note shared.
    about = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    # Only for a note: its party's alone, until it is shared.
    own = models.BooleanField(default=False)
    named = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    # Where a level is left or the matter ends: who acted there then, {party id: names}. Where
    # parties are brought in: the same of those.
    people = models.JSONField(default=dict, blank=True)
    # Who was asked for advice, outside the parties, and the day of asking or answering.
    adviser = models.CharField(max_length=200, blank=True)
    on = models.DateField(null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "party"],
                condition=Q(kind="acceptance"),
                name="step_accepted_once_by_a_party",
            ),
            models.UniqueConstraint(
                fields=["about", "kind"],
                condition=Q(kind__in=["shared", "advice_given", "agreed"]),
                name="step_followed_once",
            ),
            models.UniqueConstraint(
                fields=["disagreement", "level"],
                condition=Q(kind__in=["taken_up", "skipped"]),
                name="step_each_level_left_once",
            ),
            models.UniqueConstraint(
                fields=["disagreement"],
                condition=Q(kind__in=["agreed", "withdrawn"]),
                name="step_one_end",
            ),
            models.CheckConstraint(
                condition=Q(own=False) | Q(kind="note"), name="step_only_notes_are_own"
            ),
            models.CheckConstraint(
                condition=Q(about__isnull=False)
                | ~Q(kind__in=["acceptance", "shared", "advice_given", "agreed"]),
                name="step_says_what_it_is_about",
            ),
        ]
        indexes = [models.Index(fields=["disagreement", "at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.disagreement}"


# As it was before there were disposals: former migrations install it.
STEPS_APPEND_ONLY = Trigger(
    name="disagreement_steps_append_only",
    table="escalations_step",
    events=("UPDATE", "DELETE"),
    message="What was done about a disagreement does not change.",
)
STEPS_STAY = but_emptied(
    STEPS_APPEND_ONLY,
    words=("text", "people", "adviser"),
    stays=(
        "disagreement_id",
        "kind",
        "at",
        "by_id",
        "by_link",
        "party_id",
        "for_person_id",
        "level",
        "target",
        "about_id",
        "own",
        "named_id",
        "on",
    ),
)
