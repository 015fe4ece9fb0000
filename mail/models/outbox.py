from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from house.lifecycle import Lifecycle, step
from house.wall import WalledQuerySet, WhoAsks


class DeliveryQuerySet(WalledQuerySet["Delivery"]):
    def visible_to(self, acting: WhoAsks) -> DeliveryQuerySet:
        """Those that were sent in the business of the organisation."""
        return self.filter(organisation_id=acting.organisation_id or 0)

    def due(self, until: datetime) -> DeliveryQuerySet:
        """Those to be sent by then that no sender has, the longest due first."""
        waiting = self.filter(state__in=["waiting", "maybe_sent"], next_try__lte=until)
        return waiting.order_by("next_try")

    def takeable(self, until: datetime, now: datetime) -> DeliveryQuerySet:
        """The same and those whose sender's lease has ended.

        The states and the range stand there once for all: else the index is not asked, and each
        e-mail reads the whole outbox. Nothing is sorted: many are due at the same moment.
        """
        unfinished = self.filter(
            state__in=["waiting", "leased", "maybe_sent"], next_try__lte=max(until, now)
        )
        ended = Q(state="leased", lease_until__lte=now)
        waiting = Q(state__in=["waiting", "maybe_sent"], next_try__lte=until)
        return unfinished.filter(waiting | ended).order_by("next_try")

    def troubled(self) -> DeliveryQuerySet:
        """Those that did not arrive, or perhaps did not, and that nothing more is tried for."""
        return self.filter(Q(state="failed") | Q(state="maybe_sent", next_try=None))


class Delivery(models.Model):
    """One e-mail to one address.

    It holds no text: the text is made from `kind` and `context` (ids only) when it is sent, so
    that no token and nothing personal is kept here.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        LEASED = "leased", "Being sent"
        SENT = "sent", "Sent"
        MAYBE_SENT = "maybe_sent", "Perhaps sent"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "No longer needed"
        LEFT_OUT = "left_out", "Not sent after a restore"

    dedupe = models.CharField(max_length=340, unique=True)
    address = models.EmailField()
    # In whose business it is sent, whose managers see when it fails: a plain number, because mail
    # knows no organisation.
    organisation_id = models.BigIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=60)
    context = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField()
    # None: nothing more is tried.
    next_try = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # How often a server fell silent while it took this e-mail: it may have been delivered.
    silences = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    message_id = models.CharField(max_length=120, unique=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(
                fields=["next_try"],
                name="delivery_unfinished",
                condition=Q(state__in=["waiting", "leased", "maybe_sent"]),
            ),
            models.Index(
                fields=["organisation_id", "-created_at"],
                name="delivery_troubled",
                condition=Q(state__in=["failed", "maybe_sent"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.address}"

    @property
    def whole_context(self) -> dict[str, Any]:
        """What its message is made of: the ids that it was queued with, and who gets it."""
        return self.context | {"reader": (self.address, self.organisation_id)}


# What a person may do about an e-mail that did not arrive; the sweep alone does the rest.
DELIVERY_LIFECYCLE = Lifecycle(
    "e-mail",
    {
        "send_again": step("failed", "maybe_sent", "left_out", to="waiting"),
        "leave": step("failed", "maybe_sent", to="cancelled"),
    },
)


class HoldQuerySet(models.QuerySet["Hold"]):
    def standing(self) -> HoldQuerySet:
        return self.filter(released_at=None)


class Hold(models.Model):
    """A restore from a back-up: until an administrator releases them, no e-mails go.

    The row comes with the restored rows, in one transaction (`mou_portal/backups`).
    """

    restored_at = models.DateTimeField()
    # When the back-up was made, and so how old the outbox is.
    as_of = models.DateTimeField("back-up made at")
    # The newest delivery when all that fell due before the restore was in the outbox; None before.
    counted_to = models.BigIntegerField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Whether what was due before the restore went out as well; None while it is held.
    old_sent = models.BooleanField("what was due before was sent", null=True, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = "hold of e-mails"
        verbose_name_plural = "holds of e-mails"

    def __str__(self) -> str:
        return f"hold after the restore at {self.restored_at:%Y-%m-%d %H:%M}"
