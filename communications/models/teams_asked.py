from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from communications.models.announcements import Announcement
from communications.models.drafts import Draft
from house.tracked import TrackedQuerySet, keep_history
from house.wall import WalledQuerySet, WhoAsks
from parties.models import Team, TeamMember


def in_asked_team(acting: WhoAsks) -> Q:
    """The condition that the reader is in the team, and acts for its organisation."""
    person = getattr(acting.user, "person_id", None) or 0
    places = TeamMember.objects.current().filter(
        person=person, team__organisation=acting.organisation_id or 0
    )
    return Q(team__in=places.values("team"))


class TeamAskedQuerySet(TrackedQuerySet["TeamAsked"], WalledQuerySet["TeamAsked"]):
    def visible_to(self, acting: WhoAsks) -> TeamAskedQuerySet:
        """The owner's members, and the team itself; never the parties at large."""
        own = Q(announcement__owner=acting.organisation_id or 0)
        return self.filter(own | in_asked_team(acting))

    def awaited(self) -> TeamAskedQuerySet:
        """The newest of each team, where it did not say that it has no objection."""
        return self.filter(replaced_at=None).exclude(answer=TeamAsked.Answer.NO_OBJECTION)


class TeamAsked(models.Model):
    """A team whose answer on a draft is awaited before the release, such as the communications team
    (D18). Going ahead without it is recorded with its reason."""

    class Answer(models.TextChoices):
        NO_OBJECTION = "no_objection", "No objection"
        CHANGE = "change", "Please change it"
        OBJECTS = "objects", "We object"

    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="teams_asked")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="teams_asked")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    # It was asked once more, about a newer draft.
    replaced_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True)
    # What is to change, or why it objects.
    words = models.CharField(max_length=2_000, blank=True)
    answered_as = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Why it was released without its consent.
    gone_ahead_because = models.CharField(max_length=500, blank=True)

    objects = TeamAskedQuerySet.as_manager()
    history = keep_history()

    class Meta:
        verbose_name = "team asked"
        verbose_name_plural = "teams asked"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "team"],
                condition=Q(replaced_at=None),
                name="team_asked_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="team_answer_exactly_when_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team} on {self.announcement}"

    @property
    def is_open(self) -> bool:
        """Whether its answer is still awaited."""
        return not self.answer and not self.replaced_at and self.announcement.is_open
