from __future__ import annotations

from typing import TypeVar

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q

from communications.models.announcements import Announcement, is_named
from documents.models import StoredFile
from house.wall import WalledQuerySet, WhoAsks, there_is
from parties.models import Organisation, Person, Team

M = TypeVar("M", bound=models.Model)


class DraftQuerySet(WalledQuerySet["Draft"]):
    def visible_to(self, acting: WhoAsks) -> DraftQuerySet:
        """The owner's members see every draft; others those that were shared with them, until the
        announcement is withdrawn."""
        named = there_is(Share.objects.filter(is_named(acting), draft=OuterRef("pk")))
        for_others = named & ~Q(announcement__state="withdrawn")
        return self.filter(Q(announcement__owner=acting.organisation_id or 0) | for_others)


class Draft(models.Model):
    """A version of the text, typed or as a PDF. Never overwritten: a change is the next draft."""

    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="drafts")
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=50_000, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["announcement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["announcement", "number"], name="draft_number_once"),
            models.CheckConstraint(
                condition=Q(text="") ^ Q(file=None), name="draft_is_text_or_file"
            ),
        ]

    def __str__(self) -> str:
        return f"Draft {self.number}, {self.announcement}"


class OnDraftQuerySet(WalledQuerySet[M]):
    """Who has a draft, and what they did with it. The owner's members see all of it; whoever is
    named sees what their own side has and did."""

    def visible_to(self, acting: WhoAsks) -> OnDraftQuerySet[M]:
        drafts = Draft.objects.visible_to(acting).filter(pk=OuterRef("draft"))
        own_side = Q(organisation=acting.organisation_id or 0) & there_is(drafts)
        return self.filter(Q(draft__announcement__owner=acting.organisation_id or 0) | own_side)


class ShareQuerySet(OnDraftQuerySet["Share"]):
    def still_open(self) -> ShareQuerySet:
        return self.filter(ended_at=None)


class Share(models.Model):
    """A draft is open to one person or one team of another party, until it is taken back."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="shares")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    shared_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["shared_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None) ^ Q(team=None), name="share_with_person_or_team"
            ),
            models.UniqueConstraint(
                fields=["draft", "organisation", "person"],
                condition=Q(ended_at=None, team=None),
                name="share_with_person_once_open",
            ),
            models.UniqueConstraint(
                fields=["draft", "team"],
                condition=Q(ended_at=None, person=None),
                name="share_with_team_once_open",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "person"],
                name="share_open_person",
                condition=Q(ended_at=None),
            ),
            models.Index(fields=["team"], name="share_open_team", condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return f"Draft {self.draft.number} with {self.reader}"

    @property
    def reader(self) -> str:
        return str(self.person or self.team)


class Read(models.Model):
    """Somebody of the other side had a draft on their screen or took its file. Append-only."""

    class How(models.TextChoices):
        VIEWED = "viewed", "Opened"
        DOWNLOADED = "downloaded", "Downloaded"

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="reads")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices)
    at = models.DateTimeField()

    objects = OnDraftQuerySet["Read"].as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["draft", "reader"])]

    def __str__(self) -> str:
        return f"{self.get_how_display()} by {self.reader}"


class Acknowledgement(models.Model):
    """A named reader said that they have read the draft and have no more to say. Append-only."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="acknowledgements")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OnDraftQuerySet["Acknowledgement"].as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "reader", "organisation"], name="acknowledgement_once"
            )
        ]

    def __str__(self) -> str:
        return f"Acknowledged by {self.reader}"


class Comment(models.Model):
    """What a named reader says about a draft, or the owner's answer to that side. Append-only.

    `organisation` is the reading side: its named readers and the owner's members see it, nobody
    else ever does.
    """

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="comments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(max_length=5_000)
    at = models.DateTimeField()

    objects = OnDraftQuerySet["Comment"].as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Comment by {self.author}"
