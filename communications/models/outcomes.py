from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q

from agreements.models.emptied import but_emptied
from communications.models.announcements import Announcement, is_named
from documents.models import StoredFile
from house.triggers import Trigger, declare
from house.wall import WalledQuerySet, WhoAsks, there_is
from parties.models import Organisation


class MoveQuerySet(WalledQuerySet["Move"]):
    def visible_to(self, acting: WhoAsks) -> MoveQuerySet:
        """The owner's members and whoever a draft was shared with; never the parties at large."""
        this = Announcement.objects.filter(pk=OuterRef("announcement"))
        named = this.filter(is_named(acting, "drafts__shares__"))
        return self.filter(Q(announcement__owner=acting.organisation_id or 0) | there_is(named))


class Move(models.Model):
    """The planned release was moved, with the reason. Append-only."""

    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="moves")
    moved_from = models.DateTimeField()
    moved_to = models.DateTimeField()
    because = models.CharField(max_length=500)
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = MoveQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.announcement} moved"


class ReleaseQuerySet(WalledQuerySet["Release"]):
    def visible_to(self, acting: WhoAsks) -> ReleaseQuerySet:
        """Those of the announcements that one may see: the final text is for the parties too."""
        return self.filter(announcement__in=Announcement.objects.visible_to(acting))


class Release(models.Model):
    """Somebody said that it is released: when, and the final text. Append-only.

    This text and nothing else is what the parties see; whatever draft it came from, it is kept
    here once more, so that no draft is ever shown for it.
    """

    announcement = models.OneToOneField(Announcement, models.PROTECT, related_name="release")
    released_at = models.DateTimeField()
    text = models.TextField(max_length=50_000, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["released_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(text="") ^ Q(file=None), name="release_is_text_or_file"
            )
        ]

    def __str__(self) -> str:
        return f"Release of {self.announcement}"


class CorrectionQuerySet(WalledQuerySet["Correction"]):
    def visible_to(self, acting: WhoAsks) -> CorrectionQuerySet:
        """As the final text that it corrects."""
        return self.filter(release__in=Release.objects.visible_to(acting))


class Correction(models.Model):
    """The final text was put right, with the reason. The text before stays. Append-only."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="corrections")
    text = models.TextField(max_length=50_000, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    because = models.CharField(max_length=500)
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(text="") ^ Q(file=None), name="correction_is_text_or_file"
            )
        ]

    def __str__(self) -> str:
        return f"Correction of {self.release}"


class ReleasedToQuerySet(WalledQuerySet["ReleasedTo"]):
    def visible_to(self, acting: WhoAsks) -> ReleasedToQuerySet:
        return self.filter(organisation=acting.organisation_id or 0)


class ReleasedTo(models.Model):
    """A released announcement stands in the plan of this organisation: its owner, or a party to an
    agreement that it touches. Append-only, as the release is.

    It repeats whose and when, so that a list and a month are one index scan; a test compares with
    the wall.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="released_to")
    is_own = models.BooleanField()
    planned_for = models.DateTimeField()
    released_at = models.DateTimeField()

    objects = ReleasedToQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "released to"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "announcement"], name="released_to_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "is_own", "planned_for"], name="released_to_planned"
            ),
            models.Index(fields=["organisation", "released_at"], name="released_to_at"),
        ]

    def __str__(self) -> str:
        return f"{self.announcement} to {self.organisation}"


# As they were before there were disposals: former migrations install them.
APPEND_ONLY = [
    Trigger(
        name=f"communications_{table}_append_only",
        table=f"communications_{table}",
        events=("UPDATE", "DELETE"),
        message=message,
    )
    for table, message in (
        ("draft", "A draft is never overwritten: make the next one."),
        ("read", "Who read a draft does not change."),
        ("acknowledgement", "An acknowledgement does not change."),
        ("comment", "A comment does not change."),
        ("move", "That a release was moved does not change."),
        ("release", "The final text does not change."),
    )
]
# Of those with words what a disposal empties, and what stays as it was.
_WORDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "draft": (("text",), ("announcement_id", "number", "file_id", "made_by_id", "made_at")),
    "comment": (
        ("text",), ("draft_id", "organisation_id", "author_id", "by_organisation_id", "at")
    ),
    "move": (("because",), ("announcement_id", "moved_from", "moved_to", "moved_by_id", "at")),
    "release": (
        ("text",), ("announcement_id", "released_at", "file_id", "marked_by_id", "marked_at")
    ),
}  # fmt: skip


def _staying(trigger: Trigger) -> list[Trigger]:
    kept = _WORDS.get(trigger.table.removeprefix("communications_"))
    return but_emptied(trigger, *kept) if kept else [declare(trigger)]


STAY = {trigger.name: _staying(trigger) for trigger in APPEND_ONLY}
# As it was before there were disposals: former migrations install it.
CORRECTION_APPEND_ONLY = Trigger(
    name="communications_correction_append_only",
    table="communications_correction",
    events=("UPDATE", "DELETE"),
    message="A correction does not change: make the next one.",
)
CORRECTIONS_STAY = but_emptied(
    CORRECTION_APPEND_ONLY,
    words=("text", "because"),
    stays=("release_id", "file_id", "corrected_by_id", "at"),
)
