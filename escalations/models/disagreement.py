from __future__ import annotations

from functools import cached_property

from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, F, Q

from agreements.models import Agreement, Party, Version
from agreements.models.wall import BehindTheWall
from agreements.terms import Terms
from escalations.models.concerned import concerning
from house.lifecycle import Lifecycle, step
from house.wall import WhoAsks


class DisagreementQuerySet(BehindTheWall["Disagreement"]):
    def visible_to(self, acting: WhoAsks) -> DisagreementQuerySet:
        """Those that the organisation has a part in, as one of the parties that they name."""
        return self.of_agreements_of(acting).filter(concerning(acting))

    def with_those_of_others(self, acting: WhoAsks) -> DisagreementQuerySet:
        """Also those between other parties of its agreements: `is_readers` says which are its own.

        Of the others an organisation may know no more than record 0054 says.
        """
        is_readers = ExpressionWrapper(concerning(acting), BooleanField())
        return self.of_agreements_of(acting).annotate(is_readers=is_readers)

    def of_agreements_of(self, acting: WhoAsks) -> DisagreementQuerySet:
        behind_the_wall: DisagreementQuerySet = super().visible_to(acting)  # type: ignore[assignment]
        return behind_the_wall


class Disagreement(models.Model):
    """What the parties do not agree about, on its way through the levels of the terms (A24).

    `version` is the one whose terms hold for it: a later variation does not change its levels, nor
    what it is called. Its words are in its steps.
    """

    TO_AGREEMENT = "agreement"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        AGREED = "agreed", "Settled"
        WITHDRAWN = "withdrawn", "Withdrawn"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="disagreements")
    # Counted within the agreement: people say "disagreement 2".
    number = models.PositiveIntegerField()
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    # The key of its level in the terms, and since when it has been there.
    level = models.CharField(max_length=40)
    level_since = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    # The keys of the parties that it is between, as its `concerned` say; none: all (record 0054).
    between = models.JSONField(default=list, db_default=[], blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # The one that came back.
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )

    objects = DisagreementQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="disagreement_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None)
                | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="disagreement_closed_exactly_when_not_open",
            ),
        ]
        indexes = [
            models.Index(fields=["agreement", "state"]),
            models.Index(F("closed_at").desc(), "level_since", "id", name="disagreement_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.agreement.reference}"

    @cached_property
    def terms(self) -> Terms:
        return self.version.typed_terms

    @property
    def word(self) -> str:
        """What this agreement calls a disagreement."""
        return self.terms.disagreement_word

    @property
    def name(self) -> str:
        """ "disagreement 2", as it stands inside a sentence."""
        return f"{self.word} {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def parties(self) -> list[Party]:
        """Those that it is between, in the order of the agreement."""
        return [party for party in self.agreement.sides if self.concerns(party)]

    def concerns(self, party: Party) -> bool:
        return not self.between or party.key in self.between

    @property
    def concerns_all(self) -> bool:
        """Whether no other party has a part in the agreement."""
        return all(self.concerns(party) for party in self.agreement.sides)


LIFECYCLE = Lifecycle(
    "disagreement",
    {
        "take_up": step("open", to="open"),
        "agree": step("open", to="agreed"),
        "withdraw": step("open", to="withdrawn"),
    },
)
