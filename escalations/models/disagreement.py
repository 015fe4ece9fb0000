from __future__ import annotations

from functools import cached_property

from django.db import models
from django.db.models import F, Q

from agreements.models import Agreement, Party, Version
from agreements.models.wall import BehindTheWall
from agreements.terms import Terms
from house.lifecycle import Lifecycle, step


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
    closed_at = models.DateTimeField(null=True, blank=True)
    # The one that came back.
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )

    objects = BehindTheWall["Disagreement"].as_manager()

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


LIFECYCLE = Lifecycle(
    "disagreement",
    {
        "take_up": step("open", to="open"),
        "agree": step("open", to="agreed"),
        "withdraw": step("open", to="withdrawn"),
    },
)
