"""E-mails that came to an address of a party, and what became of each (X12, record 0079)."""

from __future__ import annotations

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.models.agreement import Agreement
from agreements.models.emails import SavedEmail
from documents.models import StoredFile
from house.lifecycle import Lifecycle, step
from house.wall import WalledQuerySet, WhoAsks
from parties.models import Organisation


class InboundQuerySet(WalledQuerySet["InboundEmail"]):
    def visible_to(self, acting: WhoAsks) -> InboundQuerySet:
        """What came to the address of one's own organisation."""
        return self.filter(organisation=acting.organisation_id or 0)

    def held(self) -> InboundQuerySet:
        return self.filter(state=InboundEmail.State.HELD)


class InboundEmail(models.Model):
    """An e-mail that came to the address of one party for one agreement: put on record at once
    where the portal knows the sender, else held for a person (record 0079)."""

    class State(models.TextChoices):
        HELD = "held", "Waits for somebody"
        TAKEN = "taken", "On record"
        DROPPED = "dropped", "Not taken"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="inbound_emails")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # None once it was not taken: then nobody opens it any more.
    file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="inbound_email"
    )
    # Of what it says: the same e-mail that comes twice is one.
    digest = models.CharField(max_length=64)
    sender_name = models.CharField(max_length=200, blank=True)
    sender_address = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    text = models.TextField(max_length=100_000, blank=True)
    # Why it waits, as a sentence.
    because = models.CharField(max_length=300, blank=True)
    came_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.HELD)
    saved = models.OneToOneField(
        SavedEmail, models.PROTECT, null=True, blank=True, related_name="came_as"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = InboundQuerySet.as_manager()

    class Meta:
        ordering = ["came_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation", "digest"], name="inbound_email_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "came_at"], name="inbound_email_held",
                condition=Q(state="held"),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"e-mail {self.public_id.hex[:8]} to {self.organisation}"


INBOUND_LIFECYCLE: Final = Lifecycle(
    "e-mail that came", {"take": step("held", to="taken"), "drop": step("held", to="dropped")}
)
