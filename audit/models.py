from __future__ import annotations

from django.conf import settings
from django.db import models

from house.triggers import Trigger, declare


class Entry(models.Model):
    """One act: written in the transaction of the act, never changed."""

    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # A plain number: audit stands below parties and knows no organisation.
    organisation_id = models.BigIntegerField(null=True, blank=True)
    verb = models.CharField(max_length=80)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=64)
    payload = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_id}"


class Link(models.Model):
    """An entry's place in the one chain, written by the chainer within a minute of the act."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="link")
    seq = models.PositiveBigIntegerField(unique=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    # Whether the entry was over ten minutes older than the newest link when it was linked.
    late = models.BooleanField(default=False, db_default=False)

    def __str__(self) -> str:
        return f"link {self.seq}"


APPEND_ONLY = [
    declare(
        Trigger(
            name=f"{table}_append_only",
            table=table,
            events=("UPDATE", "DELETE"),
            message="The audit is append-only.",
        )
    )
    for table in ("audit_entry", "audit_link")
]
NEVER_EMPTIED = [
    declare(
        Trigger(
            name=f"{table}_never_emptied",
            table=table,
            events=("TRUNCATE",),
            message="The audit is append-only.",
        )
    )
    for table in ("audit_entry", "audit_link")
]
