from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from agreements.models import Agreement
from agreements.models.wall import BehindTheWall
from commitments.models import Action
from house.tracked import TrackedQuerySet, keep_history
from house.wall import WalledQuerySet, WhoAsks
from meetings.models.meetings import Meeting
from meetings.models.series import read_by, served_for
from parties.models import Organisation


class AgendaItemQuerySet(TrackedQuerySet["AgendaItem"], WalledQuerySet["AgendaItem"]):
    def visible_to(self, acting: WhoAsks) -> AgendaItemQuerySet:
        """What all who meet read, and what is about an agreement of one's own."""
        served = served_for(acting, "meeting__series", "meeting__day")
        about = ItemAbout.objects.filter(item=OuterRef("pk"))
        return self.filter(Q(Exists(served)) & read_by(acting, about))


class AgendaItem(models.Model):
    """One heading of an agenda, with what somebody wrote under it. All who read it edit it."""

    class Kind(models.TextChoices):
        ACTIONS = "actions", "Open actions from earlier meetings"
        SOURCE = "source", "A source that the terms name"
        SINCE = "since", "What changed since the last meeting"
        STANDING = "standing", "On every agenda of the series"
        OWN = "own", "Added for this meeting"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.OWN)
    # The source's key in the terms, by which rooms bring what they hold.
    topic = models.CharField(max_length=40, blank=True)
    heading = models.CharField(max_length=200)
    body = models.TextField(max_length=5_000, blank=True)
    # Who added it; None for what stands on every agenda.
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_for = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    edit_no = models.PositiveIntegerField(default=0)

    objects = AgendaItemQuerySet.as_manager()
    history = keep_history()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["meeting", "position"])]

    def __str__(self) -> str:
        return self.heading

    @property
    def may_be_removed(self) -> bool:
        """What the MoU or the series puts on every agenda stays there."""
        return self.kind == self.Kind.OWN


class ItemAbout(models.Model):
    """An agreement that an item is about: the parties of those that it names read it alone."""

    TO_AGREEMENT = "agreement"

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="about")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")

    objects = BehindTheWall["ItemAbout"].as_manager()

    class Meta:
        verbose_name = "agreement of an agenda item"
        verbose_name_plural = "agreements of agenda items"
        constraints = [
            models.UniqueConstraint(fields=["item", "agreement"], name="item_about_once")
        ]

    def __str__(self) -> str:
        return f"{self.item} for {self.agreement.reference}"


class CarriedQuerySet(WalledQuerySet["CarriedAction"]):
    def visible_to(self, acting: WhoAsks) -> CarriedQuerySet:
        """Whoever sees the meeting and the action's agreement."""
        actions = Action.objects.visible_to(acting).filter(pk=OuterRef("action"))
        served = served_for(acting, "meeting__series", "meeting__day")
        return self.filter(Exists(served), Exists(actions))


class CarriedAction(models.Model):
    """An action of an earlier meeting that was open when this one was held (A19)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="carried")
    action = models.ForeignKey(Action, models.PROTECT, related_name="carried_to")

    objects = CarriedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "action"], name="action_carried_once")
        ]

    def __str__(self) -> str:
        return f"{self.action} at {self.meeting}"
