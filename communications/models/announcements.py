from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q

from agreements.models import Agreement
from house.lifecycle import Lifecycle, step
from house.tracked import TrackedQuerySet, keep_history
from house.wall import WalledQuerySet, WhoAsks, there_is
from parties.models import Organisation, Person, TeamMember


def is_named(acting: WhoAsks, to_share: str = "") -> Q:
    """The condition that an open share names the reader, in person or through a team.

    They have to act for the organisation for which they were named. `to_share` is the way from
    the model to its shares, with its underscores: "drafts__shares__".
    """
    # Nobody's id is 0: without a person nothing must match the empty column of a team's share.
    person = getattr(acting.user, "person_id", None) or 0
    organisation = acting.organisation_id or 0
    teams = TeamMember.objects.current().filter(person=person, team__organisation=organisation)
    still_open = Q(**{f"{to_share}organisation": organisation, f"{to_share}ended_at": None})
    by_name = Q(**{f"{to_share}person": person})
    in_team = Q(**{f"{to_share}team__in": teams.values("team")})
    return still_open & (by_name | in_team)


class AnnouncementQuerySet(TrackedQuerySet["Announcement"], WalledQuerySet["Announcement"]):
    def visible_to(self, acting: WhoAsks) -> AnnouncementQuerySet:
        """Its owner's members, whoever a draft was shared with, and once it is released the
        parties of the agreements that it touches (A09)."""
        this = Announcement.objects.filter(pk=OuterRef("pk"))
        named = this.filter(is_named(acting, "drafts__shares__"))
        released = Q(state=Announcement.State.RELEASED) & there_is(
            ConcernedAgreement.objects.filter(
                announcement=OuterRef("pk"),
                agreement__access__organisation=acting.organisation_id or 0,
            )
        )
        return self.filter(Q(owner=acting.organisation_id or 0) | released | there_is(named))

    def still_open(self) -> AnnouncementQuerySet:
        """Those that are neither released nor withdrawn."""
        return self.filter(state__in=OPEN)


class Announcement(models.Model):
    """A press release or publication that its owner plans, and whose drafts are under embargo.

    It is released when somebody says so, never by the clock. Its release, with the final text, is
    a row of its own that never changes.
    """

    class Kind(models.TextChoices):
        PRESS_RELEASE = "press_release", "Press release"
        PUBLICATION = "publication", "Publication"

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        SHARED = "shared", "Draft shared"
        RELEASED = "released", "Released"
        WITHDRAWN = "withdrawn", "Withdrawn"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="announcements")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    title = models.CharField(max_length=200)
    planned_for = models.DateTimeField("planned release")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    # Who sees to it since whoever planned it left; nobody while that is who planned it.
    kept_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    # Whoever planned it has left, and nobody followed: its press team and MoU managers see to it.
    is_left = models.BooleanField(default=False, db_default=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)

    objects = AnnouncementQuerySet.as_manager()
    history = keep_history()

    class Meta:
        ordering = ["planned_for", "pk"]
        indexes = [
            models.Index(fields=["owner", "planned_for"]),
            models.Index(
                fields=["owner", "planned_for"],
                name="announcement_unreleased",
                condition=Q(state__in=["planned", "shared", "withdrawn"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at=None)),
                name="announcement_withdrawn_exactly_when_dated",
            )
        ]

    def __str__(self) -> str:
        """Without its title: what is under embargo stands in no list of the administration."""
        return f"{self.get_kind_display()} of {self.owner}, {self.public_id.hex[:8]}"

    @property
    def keeper(self) -> Person | None:
        """Who sees to it: whoever planned it, or who followed them."""
        if self.is_left:
            return None
        return self.kept_by or self.planned_by.person

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_released(self) -> bool:
        return self.state == self.State.RELEASED


OPEN = (Announcement.State.PLANNED, Announcement.State.SHARED)

ANNOUNCEMENT_LIFECYCLE = Lifecycle(
    "announcement",
    {
        "share": step("planned", "shared", to="shared"),
        "take_all_back": step("shared", to="planned"),
        "release": step("planned", "shared", to="released"),
        "withdraw": step("planned", "shared", to="withdrawn"),
    },
)


class ConcernedQuerySet(WalledQuerySet["ConcernedAgreement"]):
    def visible_to(self, acting: WhoAsks) -> ConcernedQuerySet:
        """Of the announcements that one may see, the agreements that one is a party to."""
        return self.filter(
            announcement__in=Announcement.objects.visible_to(acting),
            agreement__access__organisation=acting.organisation_id or 0,
        )


class ConcernedAgreement(models.Model):
    """An agreement that an announcement touches, with the lead time that its terms ask for.

    `share_by` is the planned release less the lead time, and once it is released the release less
    the lead time. `reached_at` is when the last of the other parties had a draft. Services write
    both; a test compares them with the shares.
    """

    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="concerned")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="announcements")
    # Both None where its terms ask for no lead time.
    lead_hours = models.PositiveIntegerField("lead time in clock hours", null=True, blank=True)
    share_by = models.DateTimeField(null=True, blank=True)
    reached_at = models.DateTimeField(null=True, blank=True)
    short_because = models.CharField("why the notice was short", max_length=500, blank=True)

    objects = ConcernedQuerySet.as_manager()
    # Whom the announcement is about, where a list has read it with the row.
    about: Sequence[str] = ()
    # Whether each team that was asked answered before the release, and one was.
    team_heard = False

    class Meta:
        verbose_name = "agreement concerned"
        verbose_name_plural = "agreements concerned"
        ordering = ["agreement__reference"]
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "agreement"], name="concerned_agreement_once"
            ),
            models.CheckConstraint(
                condition=Q(lead_hours=None, share_by=None)
                | Q(lead_hours__isnull=False, share_by__isnull=False),
                name="concerned_agreement_share_by_with_lead_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.announcement}: {self.agreement.reference}"

    @property
    def met(self) -> bool:
        """Whether every other party had a draft by the lead time, where there is one."""
        if self.share_by is None:
            return True
        return self.reached_at is not None and self.reached_at <= self.share_by

    def is_overdue(self, now: datetime) -> bool:
        """Whether a draft should have been with the other parties by now, and is not."""
        return self.reached_at is None and self.share_by is not None and self.share_by <= now
