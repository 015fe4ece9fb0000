from __future__ import annotations

from django.db import models

from agreements.models.agreement import Agreement
from agreements.models.wall import BehindTheWall
from parties.models import Organisation


class Access(models.Model):
    """The wall and the list's row in one: this organisation sees this agreement.

    `state` and `vacant_roles` repeat what the agreement's own rows say, `next_due_on` and
    `next_due_kind` the nearest date that this organisation has to see to, so that the list is one
    index scan; the services that change them write both, and a test compares.
    """

    TO_AGREEMENT = "agreement"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="access")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="access")
    state = models.CharField(max_length=16, choices=Agreement.State.choices)
    next_due_on = models.DateField(null=True, blank=True)
    # The kind of deadline that is due then; empty without one. The database has the default too:
    # during an upgrade the former version still writes rows.
    next_due_kind = models.CharField(max_length=40, blank=True, default="", db_default="")
    # Contact roles that the terms require and nobody holds, on all sides together.
    vacant_roles = models.PositiveSmallIntegerField(default=0)

    objects = BehindTheWall["Access"].as_manager()

    class Meta:
        verbose_name_plural = "access"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "agreement"], name="access_once")
        ]
        indexes = [
            models.Index(fields=["organisation", "next_due_on", "agreement"]),
            models.Index(fields=["organisation", "state", "next_due_on", "agreement"]),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.agreement}"
