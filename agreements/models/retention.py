"""How long an MoU that has ended is kept: holds, and decisions to keep it longer (record 0069)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.models.agreement import Agreement
from agreements.models.changes import Change
from agreements.models.wall import BehindTheWall
from house.triggers import Trigger, declare
from parties.models import Organisation


class HoldQuerySet(BehindTheWall["Hold"]):
    def standing(self) -> HoldQuerySet:
        return self.filter(lifted_at=None)


class Hold(models.Model):
    """While it stands nothing of the MoU is disposed of. Its party takes it off, and nobody else.

    That there is one, and of which kind, all parties know; why, its own party alone.
    """

    TO_AGREEMENT = "agreement"

    class Kind(models.TextChoices):
        INQUIRY = "inquiry", "An inquiry"
        REQUEST = "request", "A request for information"
        DISPUTE = "dispute", "A dispute or claim"
        OTHER = "other", "Another reason"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="holds")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    because = models.CharField(max_length=500)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_because = models.CharField(max_length=500, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["placed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "placed_for", "kind"],
                condition=Q(lifted_at=None),
                name="hold_once_standing",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lifted_because="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_because="")),
                name="hold_lifted_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"hold on {self.agreement.reference}"

    @property
    def stands(self) -> bool:
        return self.lifted_at is None


class KeptLonger(models.Model):
    """One party decided that the MoU is kept until a later day. Never changed."""

    TO_AGREEMENT = "agreement"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="kept_longer")
    until = models.DateField()
    because = models.CharField(max_length=500)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = BehindTheWall["KeptLonger"].as_manager()

    class Meta:
        verbose_name = "decision to keep longer"
        verbose_name_plural = "decisions to keep longer"
        ordering = ["decided_at", "pk"]

    def __str__(self) -> str:
        return f"{self.agreement.reference} kept until {self.until}"


class Disposal(models.Model):
    """That the words and files of an MoU are gone (record 0073). What is left of it is its stub.

    Who proposed it and why, and who accepted it, stands with the change that led to it. It is open
    within the one transaction that carries it out: by that the database knows whom to let.
    """

    TO_AGREEMENT = "agreement"

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="disposal")
    change = models.OneToOneField(Change, models.PROTECT, related_name="disposal")
    began_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    # [what people call it, how many rows or files went]
    went = models.JSONField(default=list)

    objects = BehindTheWall["Disposal"].as_manager()

    def __str__(self) -> str:
        return f"disposal of {self.agreement.reference}"


_AGREED = (
    "EXISTS (SELECT 1 FROM agreements_change c WHERE c.id = NEW.change_id "
    "AND c.agreement_id = NEW.agreement_id AND c.kind = 'disposal' AND c.state = 'agreed')"
)
_HELD = (
    "EXISTS (SELECT 1 FROM agreements_hold h WHERE h.agreement_id = NEW.agreement_id "
    "AND h.lifted_at IS NULL)"
)
DISPOSAL_TRIGGERS = [
    declare(
        Trigger(
            name="disposal_as_agreed",
            table="agreements_disposal",
            events=("INSERT",),
            message="Nothing is disposed of that the parties did not agree to, or that is held.",
            condition=f"NOT {_AGREED} OR {_HELD}",
        )
    ),
    declare(
        Trigger(
            name="disposal_once",
            table="agreements_disposal",
            events=("UPDATE",),
            message="A disposal that is done does not change.",
            condition="OLD.done_at IS NOT NULL OR OLD.agreement_id <> NEW.agreement_id "
            "OR OLD.change_id <> NEW.change_id",
        )
    ),
    declare(
        Trigger(
            name="disposal_stays",
            table="agreements_disposal",
            events=("DELETE",),
            message="That an MoU was disposed of stays.",
        )
    ),
]
