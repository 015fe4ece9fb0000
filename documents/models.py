from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from house.triggers import Trigger, declare


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def update(self, **kwargs: Any) -> int:
        raise TypeError("The row of a stored file never changes: store the new file.")


class StoredFile(models.Model):
    """A file as it was stored; its row never changes. Who may read it follows from its owner."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("size in bytes")
    content_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    objects = StoredFileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def copy_of(self) -> Repair | None:
        """The repair that this file is the copy of; None for one that is as it was brought."""
        found: Repair | None = getattr(self, "repair", None)
        return found

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("The row of a stored file never changes: store the new file.")
        super().save(*args, **kwargs)


class Repair(models.Model):
    """That a stored file is a copy which the portal made of one that was damaged or locked.

    Both are kept: the copy is what counts, the original is what was brought. Never changed.
    """

    original = models.OneToOneField(StoredFile, models.PROTECT, related_name="repaired_as")
    copy = models.OneToOneField(StoredFile, models.PROTECT, related_name="repair")
    # Keys of documents.uploads.DAMAGES; "locked", "signed".
    faults = models.JSONField(default=list)
    pages = models.PositiveIntegerField()

    objects = models.Manager["Repair"]()

    def __str__(self) -> str:
        return f"repaired copy of {self.original}"


class Rendering(models.Model):
    """What a text was made into, by the hash of all that went in. It can go: it is made again."""

    key = models.CharField(max_length=64)
    output = models.BinaryField()
    # The last day that somebody asked for it, noted once a month.
    used_on = models.DateField(db_index=True)

    class Meta:
        # Not "unique" on the field, which brings an index for LIKE along.
        constraints = [models.UniqueConstraint(fields=["key"], name="rendering_key")]

    def __str__(self) -> str:
        return self.key


NEVER_CHANGED = declare(
    Trigger(
        name="documents_storedfile_never_changed",
        table="documents_storedfile",
        events=("UPDATE",),
        message="The row of a stored file never changes.",
    )
)
REPAIR_NEVER_CHANGED = declare(
    Trigger(
        name="documents_repair_never_changed",
        table="documents_repair",
        events=("UPDATE",),
        message="Which file is a copy of which never changes.",
    )
)
