from __future__ import annotations

import uuid

from django.db import models


class StoredFile(models.Model):
    """A file as it was stored. Its row never changes; who may read it follows from what it belongs to."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("size in bytes")
    content_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
