from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from agreements.models import Agreement
from agreements.models.wall import BehindTheWall
from house.tracked import TrackedQuerySet, keep_history
from house.wall import WalledQuerySet, WhoAsks
from meetings.models.meetings import Meeting
from meetings.models.series import read_by, served_for
from parties.models import Organisation


class NoteQuerySet(TrackedQuerySet["Note"], WalledQuerySet["Note"]):
    def visible_to(self, acting: WhoAsks) -> NoteQuerySet:
        """Those about an agreement of one's own."""
        served = served_for(acting, "meeting__series", "meeting__day")
        about = NoteAbout.objects.filter(note=OuterRef("pk"))
        return self.filter(Q(Exists(served)) & read_by(acting, about))


class Note(models.Model):
    """What a meeting of several agreements said of some of them alone (record 0055). The notes
    that everybody reads stand with the meeting itself."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="notes_of_some")
    text = models.TextField(max_length=20_000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    # The optimistic lock: a form carries the number it was made from.
    edit_no = models.PositiveIntegerField(default=0)

    objects = NoteQuerySet.as_manager()
    history = keep_history()

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"Note of {self.meeting}"


class NoteAbout(models.Model):
    """An agreement that a note is about: the parties of those that it names read it alone."""

    TO_AGREEMENT = "agreement"

    note = models.ForeignKey(Note, models.PROTECT, related_name="about")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")

    objects = BehindTheWall["NoteAbout"].as_manager()

    class Meta:
        verbose_name = "agreement of a note"
        verbose_name_plural = "agreements of notes"
        constraints = [
            models.UniqueConstraint(fields=["note", "agreement"], name="note_about_once")
        ]

    def __str__(self) -> str:
        return f"{self.note} for {self.agreement.reference}"
