from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from agreements.models.agreement import Agreement
from agreements.models.emptied import but_emptied
from agreements.models.templates import TemplateVersion
from agreements.models.wall import BehindTheWall
from house.triggers import Trigger
from house.wall import WalledQuerySet, WhoAsks
from parties.models import Organisation


class Happening(models.Model):
    """Something that happened to an agreement: the timeline's row. Append-only."""

    TO_AGREEMENT = "agreement"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="happenings")
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    verb = models.CharField(max_length=40)
    data = models.JSONField(default=dict)

    objects = BehindTheWall["Happening"].as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["agreement", "-at"]),
            # The newest of all agreements, for whoever sees most of them.
            models.Index(fields=["-at", "-id"], name="happening_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.verb}: {self.agreement}"


# As it was before there were disposals: former migrations install it.
HAPPENINGS_APPEND_ONLY = Trigger(
    name="happenings_append_only",
    table="agreements_happening",
    events=("UPDATE", "DELETE"),
    message="What happened does not change.",
)
HAPPENINGS_STAY = but_emptied(
    HAPPENINGS_APPEND_ONLY,
    words=("data",),
    stays=("agreement_id", "at", "actor_id", "organisation_id", "verb"),
    of="OLD.agreement_id",
)


class SetUpQuerySet(WalledQuerySet["SetUp"]):
    def visible_to(self, acting: WhoAsks) -> SetUpQuerySet:
        """A set-up is its organisation's own until it has made an agreement."""
        return self.filter(organisation=acting.organisation_id or 0)


class SetUp(models.Model):
    """An agreement being set up over a few pages: what was said so far."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    template_version = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    # One set-up makes one agreement, however often *Create* is pressed.
    agreement = models.OneToOneField(
        Agreement, models.PROTECT, null=True, blank=True, related_name="set_up"
    )
    created_at = models.DateTimeField()

    objects = SetUpQuerySet.as_manager()

    def __str__(self) -> str:
        return f"set-up by {self.made_by}"


class Counter(models.Model):
    """The last number given out for references, taken under its row's lock."""

    name = models.CharField(max_length=20, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"
