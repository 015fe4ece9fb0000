"""What people of one party write for whoever takes the agreement over from them (X13)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import OuterRef

from agreements.models.parties import Party, spells_today
from agreements.models.wall import TrackedBehindTheWall
from house.tracked import keep_history
from house.wall import WhoAsks, there_is


class HandoverNoteQuerySet(TrackedBehindTheWall["HandoverNote"]):
    def visible_to(self, acting: WhoAsks) -> HandoverNoteQuerySet:
        """That of the sides which the organisation holds today, and of nobody else."""
        held = spells_today(acting.organisation_id).filter(party=OuterRef("party"))
        seen: HandoverNoteQuerySet = super().visible_to(acting)  # type: ignore[assignment]
        return seen.filter(there_is(held))


class HandoverNote(models.Model):
    """A party's private note to the successor: its people write it, and its people alone read it.

    It is the side's: whoever holds the side after a merger reads it. What it said before is kept.
    """

    TO_AGREEMENT = "party__agreement"

    party = models.OneToOneField(Party, models.PROTECT, related_name="handover_note")
    # Empty once somebody has taken it away.
    text = models.TextField(max_length=4_000, blank=True)
    # The optimistic lock: a form carries the number it was made from.
    edit_no = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = HandoverNoteQuerySet.as_manager()
    history = keep_history()

    def __str__(self) -> str:
        return f"note to the successor: {self.party.agreement.reference}"
