from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from guardian.models import UserObjectPermissionBase

from agreements.models import Agreement, Party, PartySpell
from agreements.models.wall import BehindTheWall
from house.lifecycle import Lifecycle, step
from house.wall import WhoAsks
from parties.models import Organisation

READ_CONCERN = "read_practice_concern"


def sides_ever(organisation_id: int | None) -> models.QuerySet[Any, int]:
    """The parties that the organisation holds or held: who has left an agreement goes on reading
    what it was named for, as it goes on reading the agreement."""
    held = PartySpell.objects.filter(organisation=organisation_id or 0)
    return held.values_list("party", flat=True)


class ConcernQuerySet(BehindTheWall["PracticeConcern"]):
    def visible_to(self, acting: WhoAsks) -> ConcernQuerySet:
        """Those that the person was let in to, while they act for the party as whose reader they
        were named. Nobody reads one by a role, nor by administering the portal (record 0078)."""
        behind_the_wall: Any = super().visible_to(acting)
        let_in = ConcernGrant.objects.filter(
            content_object=OuterRef("pk"),
            user=acting.user.pk or 0,
            permission__codename=READ_CONCERN,
        )
        held = sides_ever(acting.organisation_id)
        named = ConcernReader.objects.still_open().filter(
            concern=OuterRef("pk"), user=acting.user.pk or 0, party__in=held
        )
        found: ConcernQuerySet = behind_the_wall.filter(Exists(let_in), Exists(named))
        return found

    def not_closed(self) -> ConcernQuerySet:
        return self.filter(state__in=PracticeConcern.NOT_CLOSED)


class PracticeConcern(models.Model):
    """What a party fears about one practice, read by named people alone (A22).

    What is known is added to by steps; what was written stays. No name of a performer has a field.
    """

    TO_AGREEMENT = "agreement"

    class Source(models.TextChoices):
        CQC = "cqc", "The Care Quality Commission"
        FIGURES = "figures", "Our own figures"
        COMPLAINT = "complaint", "A complaint"
        COMMISSIONER = "commissioner", "Another commissioner"
        PRACTITIONER = "practitioner", "A practitioner"
        PROVIDER = "provider", "A provider of services"
        OTHER = "other", "Something else"

    class Severity(models.TextChoices):
        LOW = "low", "Low: to be watched"
        MODERATE = "moderate", "Moderate: something has to change"
        HIGH = "high", "High: care may suffer"
        IMMEDIATE = "immediate", "Immediate: somebody may be harmed now"

    class State(models.TextChoices):
        OPEN = "open", "Not decided yet"
        SHARED = "shared", "Shared"
        NOT_SHARED = "not_shared", "Not shared"
        CLOSED = "closed", "Closed"
        IN_ERROR = "in_error", "Entered in error"

    NOT_CLOSED = (State.OPEN, State.SHARED, State.NOT_SHARED)

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="practice_concerns")
    # Whose concern it is.
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    practice = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # In words, where the portal does not know it.
    practice_name = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=12, choices=Source.choices)
    severity = models.CharField(max_length=10, choices=Severity.choices)
    known = models.TextField(max_length=5_000)
    # The keys of the other parties whose services are at risk (A14).
    at_risk = models.JSONField(default=list, blank=True)
    # Whether something that a contract asks for is not delivered (A15).
    has_gap = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        permissions = [(READ_CONCERN, "May read this practice concern")]
        constraints = [
            models.CheckConstraint(
                condition=Q(practice=None) ^ Q(practice_name=""),
                name="concern_about_a_known_practice_or_in_words",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "shared", "not_shared"], closed_at=None)
                | (Q(state__in=["closed", "in_error"]) & Q(closed_at__isnull=False)),
                name="concern_closed_exactly_when_dated",
            ),
        ]
        indexes = [
            models.Index(fields=["agreement", "state"]),
            models.Index(F("closed_at").desc(), "opened_at", "id", name="concern_in_order"),
        ]

    def __str__(self) -> str:
        """Without its practice: what few may read stands in no list of the administration."""
        return f"confidential record {self.key.hex[:8]}"

    @property
    def is_open(self) -> bool:
        return self.state in self.NOT_CLOSED

    @property
    def about(self) -> str:
        """What the practice is called."""
        return self.practice.name if self.practice else self.practice_name


CONCERN_LIFECYCLE = Lifecycle(
    "concern",
    {
        "share": step("open", "shared", "not_shared", to="shared"),
        "keep": step("open", "not_shared", to="not_shared"),
        "take_back": step("shared", to="not_shared"),
        "close": step("open", "shared", "not_shared", to="closed"),
        # To what was decided before: whether other parties are told.
        "reopen_shared": step("closed", to="shared"),
        "reopen_kept": step("closed", to="not_shared"),
        "enter_in_error": step("open", "shared", "not_shared", "closed", to="in_error"),
    },
)


class ConcernGrant(UserObjectPermissionBase):
    """Lets one person read one concern (django-guardian). Without it nobody does."""

    content_object = models.ForeignKey(PracticeConcern, models.CASCADE, related_name="grants")


class ConcernReaderQuerySet(models.QuerySet["ConcernReader"]):
    def visible_to(self, acting: WhoAsks) -> ConcernReaderQuerySet:
        """Whoever reads a concern may know who else does."""
        return self.filter(concern__in=PracticeConcern.objects.visible_to(acting))

    def still_open(self) -> ConcernReaderQuerySet:
        return self.filter(ended_at=None)


class ConcernReader(models.Model):
    """Who may read a concern, for which party, who named them and until when.

    The right is the grant; this says where it comes from, and stays when the right has ended.
    """

    concern = models.ForeignKey(PracticeConcern, models.PROTECT, related_name="readers")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    # When the page was first opened.
    read_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ConcernReaderQuerySet.as_manager()

    class Meta:
        ordering = ["named_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "party", "user"],
                condition=Q(ended_at=None),
                name="concern_reader_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["user", "concern"], name="concern_read_by", condition=Q(ended_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} of {self.concern}"
