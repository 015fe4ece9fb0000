from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from guardian.models import UserObjectPermissionBase

from agreements.models.texts import ClauseFields, ClauseStatus, TypedTerms
from agreements.terms import Blank, Slot, read_blank, read_slot
from house.tracked import TrackedQuerySet, keep_history
from house.wall import WhoAsks
from parties.models import Organisation

EDIT_TEMPLATE = "edit_template"


class TemplateQuerySet(TrackedQuerySet["Template"]):
    def visible_to(self, acting: WhoAsks) -> TemplateQuerySet:
        """Those in whose drafts the reader has a part, and those shared with the organisation."""
        return self.filter(_own_or_let_in(acting) | Q(pk__in=_shared_with(acting))).distinct()

    def drafted_by(self, acting: WhoAsks) -> TemplateQuerySet:
        """Those that the organisation keeps, and those that the person was let in to."""
        return self.filter(_own_or_let_in(acting)).distinct()


def _own_or_let_in(acting: WhoAsks) -> Q:
    granted = Q(grants__user=acting.user, grants__permission__codename=EDIT_TEMPLATE)
    return Q(organisation=acting.organisation_id) | granted


def _shared_with(acting: WhoAsks) -> models.QuerySet[Any, int]:
    shares = TemplateShare.objects.current().filter(organisation=acting.organisation_id or 0)
    return shares.values_list("template", flat=True)


class Template(models.Model):
    """What agreements start from. A change to it never changes an agreement already made (A01)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="templates")
    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    description = models.TextField(max_length=1_000, blank=True)

    objects = TemplateQuerySet.as_manager()
    history = keep_history()

    class Meta:
        ordering = ["name"]
        permissions = [(EDIT_TEMPLATE, "May edit this template")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key"],
                name="template_key_once",
                violation_error_message="Your organisation has a template of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class TemplateGrant(UserObjectPermissionBase):
    """Lets one person edit a template that another organisation keeps (django-guardian)."""

    content_object = models.ForeignKey(Template, models.CASCADE, related_name="grants")


class TemplateShareQuerySet(models.QuerySet["TemplateShare"]):
    def visible_to(self, acting: WhoAsks) -> TemplateShareQuerySet:
        """Those of the organisation's own templates, and those by which it uses others."""
        pk = acting.organisation_id or 0
        return self.filter(Q(template__organisation=pk) | Q(organisation=pk))

    def current(self) -> TemplateShareQuerySet:
        return self.filter(ended_at=None)


class TemplateShare(models.Model):
    """Lets another organisation start agreements from a template, as long as it lasts.

    It reads what is published and changes nothing: that is for whoever was let in (TemplateGrant).
    """

    template = models.ForeignKey(Template, models.PROTECT, related_name="shares")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="template_shares")
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    shared_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TemplateShareQuerySet.as_manager()

    class Meta:
        ordering = ["-shared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "organisation"],
                condition=Q(ended_at=None),
                name="template_shared_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.template}, shared with {self.organisation}"


class TemplateVersionQuerySet(TrackedQuerySet["TemplateVersion"]):
    def visible_to(self, acting: WhoAsks) -> TemplateVersionQuerySet:
        """All of one's own templates; of those shared with the organisation all but drafts."""
        own = Q(template__in=Template.objects.drafted_by(acting))
        shared = Q(template__in=_shared_with(acting)) & ~Q(state=TemplateVersion.State.DRAFT)
        return self.filter(own | shared)

    def published(self) -> TemplateVersionQuerySet:
        return self.filter(state=TemplateVersion.State.PUBLISHED)


class TemplateVersion(TypedTerms, models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", "Being edited"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    template = models.ForeignKey(Template, models.PROTECT, related_name="versions")
    seq = models.PositiveIntegerField("version")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    slots = models.JSONField("sides", default=list)
    blanks = models.JSONField(default=list, blank=True)
    terms = models.JSONField(default=dict, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(max_length=500, blank=True, default="", db_default="")

    objects = TemplateVersionQuerySet.as_manager()
    history = keep_history()

    class Meta:
        ordering = ["template", "-seq"]
        constraints = [
            models.UniqueConstraint(fields=["template", "seq"], name="template_version_seq_once"),
            models.UniqueConstraint(
                fields=["template"], condition=Q(state="draft"), name="template_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template}, version {self.seq}"

    @property
    def name(self) -> str:
        return f"Draft of version {self.seq}" if self.is_draft else f"Version {self.seq}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_published(self) -> bool:
        """Whether new agreements may start from it."""
        return self.state == self.State.PUBLISHED

    @property
    def clause_history(self) -> models.QuerySet[Any]:
        """What each of its clauses was, those that were removed since too."""
        found: models.QuerySet[Any] = TemplateClause.history.filter(version_id=self.pk)
        return found

    @property
    def typed_slots(self) -> list[Slot]:
        return [read_slot(slot) for slot in self.slots]

    @property
    def typed_blanks(self) -> list[Blank]:
        return [read_blank(blank) for blank in self.blanks]


class TemplateClause(ClauseFields):
    version = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="clauses")
    key = models.SlugField(max_length=80)
    # What the agreements made from it begin with.
    status = models.CharField(
        max_length=16,
        choices=ClauseStatus.choices,
        default=ClauseStatus.DEFINED,
        db_default=ClauseStatus.DEFINED,
    )

    objects: Any = TrackedQuerySet["TemplateClause"].as_manager()
    history = keep_history()

    class Meta(ClauseFields.Meta):
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="template_clause_key_once")
        ]

    @property
    def last_editor(self) -> str:
        """Who saved the clause last, by name; empty when its history does not say."""
        newest = self.history.select_related("history_user__person").first()
        return str(newest.history_user) if newest and newest.history_user else ""
