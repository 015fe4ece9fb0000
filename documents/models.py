from __future__ import annotations

import uuid
from dataclasses import replace
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

    @property
    def is_removed(self) -> bool:
        """Whether its bytes were removed for good."""
        return hasattr(self, "removal")

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


class Removal(models.Model):
    """That the bytes of a stored file were removed for good. Its row stays, without its name: what
    was checked by its hash is so still. Never changed."""

    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="removal")
    at = models.DateTimeField()
    # By which act, for whoever removes the bytes: "disposal:12".
    by_key = models.CharField(max_length=60, db_index=True)

    objects = models.Manager["Removal"]()

    def __str__(self) -> str:
        return f"removal of {self.file.key}"


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


# As it was before files were removed: a former migration installs it.
NEVER_CHANGED = Trigger(
    name="documents_storedfile_never_changed",
    table="documents_storedfile",
    events=("UPDATE",),
    message="The row of a stored file never changes.",
)
NEVER_CHANGED_BUT_REMOVED = declare(
    replace(
        NEVER_CHANGED,
        # A name in place of the one that it had, and nothing else (`house.goes.GONE`).
        condition="NOT (NEW.name = 'Disposed of' AND OLD.key = NEW.key "
        "AND OLD.sha256 = NEW.sha256 AND OLD.size = NEW.size "
        "AND OLD.content_type = NEW.content_type AND OLD.created_at = NEW.created_at "
        "AND EXISTS (SELECT 1 FROM documents_removal r WHERE r.file_id = OLD.id))",
    )
)
REMOVAL_NEVER_CHANGED = declare(
    Trigger(
        name="documents_removal_never_changed",
        table="documents_removal",
        events=("UPDATE", "DELETE"),
        message="That a file was removed does not change.",
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
