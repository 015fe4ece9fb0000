from __future__ import annotations

import uuid
from typing import TypeVar

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q

from agreements.models import Agreement
from house.lifecycle import Lifecycle, step
from house.tracked import TrackedQuerySet, keep_history
from house.wall import WalledQuerySet, WhoAsks, there_is
from parties.models import Organisation, Person, Role, TeamMember

M = TypeVar("M", bound=models.Model)


def is_told(acting: WhoAsks, to_told: str = "") -> Q:
    """The condition that a row of `Told` names the reader, in person or through a team.

    `to_told` is the way from the model to those rows, with its underscores: "told__".
    """
    person = getattr(acting.user, "person_id", None) or 0
    organisation = acting.organisation_id or 0
    teams = TeamMember.objects.current().filter(person=person, team__organisation=organisation)
    by_name = Q(**{f"{to_told}person": person})
    in_team = Q(**{f"{to_told}team__in": teams.values("team")})
    return Q(**{f"{to_told}organisation": organisation}) & (by_name | in_team)


def manages_owed(acting: WhoAsks) -> Q:
    """The condition on a heads-up that the reader is an MoU manager of a party to be told."""
    if Role.MANAGER not in getattr(acting, "roles", ()):
        return Q(pk=None)
    return Q(concerned__owed__party__spells__organisation=acting.organisation_id or 0)


class HeadsUpQuerySet(TrackedQuerySet["HeadsUp"], WalledQuerySet["HeadsUp"]):
    def visible_to(self, acting: WhoAsks) -> HeadsUpQuerySet:
        """Its owner's members; who was told, and the MoU managers of the parties that it is owed
        to; all members of the parties once the message went out (record 0076). Feedback is read by
        its owner's members and who was told alone; by the owner's once it was taken back."""
        organisation = acting.organisation_id or 0
        this = HeadsUp.objects.filter(pk=OuterRef("pk"))
        named = there_is(this.filter(is_told(acting, "told__")))
        owed = there_is(this.filter(manages_owed(acting)))
        parties = this.filter(concerned__agreement__access__organisation=organisation)
        # Feedback is for the practice that it is given to, whoever else is a party.
        went_out = Q(state=HeadsUp.State.SENT) & ~Q(kind=HeadsUp.Kind.FEEDBACK) & there_is(parties)
        taken_back = Q(kind=HeadsUp.Kind.FEEDBACK, state=HeadsUp.State.WITHDRAWN)
        return self.filter(Q(owner=organisation) | (named & ~taken_back) | owed | went_out)

    def still_open(self) -> HeadsUpQuerySet:
        """Those of which nobody has said yet what came of them."""
        return self.filter(state=HeadsUp.State.PLANNED)


class HeadsUp(models.Model):
    """A short warning before something goes out or is decided, to others who are to be ready for it
    (A11, A12, C11); or, in the same log, feedback to one practice.

    Its message went out when somebody says so, never by the clock.
    """

    class Kind(models.TextChoices):
        PRACTICES = "practices", "Message to practices"
        WIDER_IMPACT = "wider_impact", "Decision that affects others"
        # Given at once: nobody is to be told before it.
        FEEDBACK = "feedback", "Feedback to a practice"

    # What others are told before.
    AHEAD = (Kind.PRACTICES, Kind.WIDER_IMPACT)

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        SENT = "sent", "Gone out"
        WITHDRAWN = "withdrawn", "Withdrawn"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="heads_ups")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=20_000)
    # How it goes out, and to whom the message or the decision itself goes.
    channel = models.CharField(max_length=100, blank=True)
    audience = models.CharField(max_length=200)
    planned_for = models.DateTimeField("planned sending")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    # Who sees to it since whoever gave it left; nobody while that is who gave it.
    kept_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    # Whoever gave it has left, and nobody followed: its MoU managers see to it.
    is_left = models.BooleanField(default=False, db_default=False)
    # When the message really went out, as somebody recorded it.
    sent_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    # Why it went out before all were told, or why it was withdrawn.
    because = models.CharField(max_length=500, blank=True)

    objects = HeadsUpQuerySet.as_manager()
    history = keep_history()

    class Meta:
        verbose_name = "heads-up"
        verbose_name_plural = "heads-ups"
        ordering = ["-planned_for", "-pk"]
        indexes = [models.Index(fields=["owner", "planned_for"], name="heads_up_of_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="planned", closed_at=None)
                | (~Q(state="planned") & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="heads_up_closed_exactly_when_dated",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
                name="heads_up_sent_exactly_when_dated",
            ),
        ]

    def __str__(self) -> str:
        """Without its title: what has not gone out stands in no list of the administration."""
        return f"Heads-up of {self.owner}, {self.public_id.hex[:8]}"

    @property
    def keeper(self) -> Person | None:
        """Who sees to it: whoever gave it, or who followed them."""
        if self.is_left:
            return None
        return self.kept_by or self.given_by.person

    @property
    def is_open(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def is_feedback(self) -> bool:
        return self.kind == self.Kind.FEEDBACK

    @property
    def is_sent(self) -> bool:
        return self.state == self.State.SENT


HEADS_UP_LIFECYCLE = Lifecycle(
    "heads-up",
    {
        "send": step("planned", to="sent"),
        "withdraw": step("planned", to="withdrawn"),
        # Feedback alone: what went out to many stays as it was.
        "take_back": step("sent", to="withdrawn"),
    },
)


class OfHeadsUp(WalledQuerySet[M]):
    """What hangs on a heads-up: whoever may see that. `TO_HEADS_UP` is the way there."""

    def visible_to(self, acting: WhoAsks) -> OfHeadsUp[M]:
        way: str = self.model.TO_HEADS_UP  # type: ignore[attr-defined]
        return self.filter(**{f"{way}__in": HeadsUp.objects.visible_to(acting)})


class OfAgreementOfHeadsUp(OfHeadsUp[M]):
    """The same, of the agreements that the reader's organisation is or was a party to."""

    def visible_to(self, acting: WhoAsks) -> OfAgreementOfHeadsUp[M]:
        way: str = self.model.TO_AGREEMENT  # type: ignore[attr-defined]
        own = {f"{way}__access__organisation": acting.organisation_id or 0}
        return super().visible_to(acting).filter(**own)  # type: ignore[return-value]


class HeadsUpAgreement(models.Model):
    """An agreement that a heads-up concerns.

    `reached_at` is when the last of its parties was told, `committee_at` when the last of its
    committees was; None while one was not, and where there is none. Whoever records that it went
    out writes both; a test compares them with `OwedTo`.
    """

    TO_HEADS_UP, TO_AGREEMENT = "heads_up", "agreement"

    heads_up = models.ForeignKey(HeadsUp, models.PROTECT, related_name="concerned")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="heads_ups")
    reached_at = models.DateTimeField(null=True, blank=True)
    committee_at = models.DateTimeField(null=True, blank=True)

    objects = OfAgreementOfHeadsUp["HeadsUpAgreement"].as_manager()

    class Meta:
        verbose_name = "agreement of a heads-up"
        verbose_name_plural = "agreements of heads-ups"
        ordering = ["agreement__reference"]
        constraints = [
            models.UniqueConstraint(fields=["heads_up", "agreement"], name="heads_up_concerns_once")
        ]

    def __str__(self) -> str:
        return f"{self.heads_up}: {self.agreement.reference}"
