from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from house.triggers import Trigger, declare
from house.wall import WalledQuerySet, WhoAsks
from jobs.models import Job
from parties.models import Organisation


class AssuranceQuerySet(WalledQuerySet["Assurance"]):
    def visible_to(self, acting: WhoAsks) -> AssuranceQuerySet:
        return self.filter(organisation=acting.organisation_id or 0)


class Assurance(models.Model):
    """The register of all MoUs that an organisation holds, for its audit committee (X15).

    It is made by a background job, and kept as it was issued (`Register`).
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # Whose it is, or who took the place of whose it was.
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="assurances")
    # What changed from this day on is said; nothing is where none was chosen and none was before.
    since = models.DateField("what changed since", null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    job = models.OneToOneField(Job, models.PROTECT, related_name="assurance")

    objects = AssuranceQuerySet.as_manager()

    class Meta:
        verbose_name = "assurance report"
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "-made_at"])]

    def __str__(self) -> str:
        return f"assurance report of {self.organisation}, {self.made_at:%Y-%m-%d}"


class RegisterQuerySet(WalledQuerySet["Register"]):
    def visible_to(self, acting: WhoAsks) -> RegisterQuerySet:
        return self.filter(assurance__in=Assurance.objects.visible_to(acting))


class Register(models.Model):
    """What an assurance report says, as it was issued. Append-only."""

    assurance = models.OneToOneField(Assurance, models.PROTECT, related_name="register")
    issued_at = models.DateTimeField()
    content = models.JSONField()

    objects = RegisterQuerySet.as_manager()

    def __str__(self) -> str:
        return f"register of {self.assurance}"


REGISTER_APPEND_ONLY = declare(
    Trigger(
        name="reports_register_append_only",
        table="reports_register",
        events=("UPDATE", "DELETE"),
        message="What was issued does not change: make another report.",
    )
)
