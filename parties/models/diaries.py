"""When bodies meet, and the weeks before an election in which they decide nothing (X11)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from house import clock
from house.tracked import TrackedQuerySet, keep_history
from house.wall import WhoAsks
from parties.models.dated import holds_on
from parties.models.groups import Body
from parties.models.organisations import Area


class BodyMeetingQuerySet(TrackedQuerySet["BodyMeeting"]):
    def visible_to(self, acting: WhoAsks) -> BodyMeetingQuerySet:
        """To the organisations for which the body decides. Others read what a plan names."""
        served = Q(body__served__organisation=acting.organisation_id or 0)
        return self.filter(served & holds_on(clock.today(), "body__served__")).distinct()

    def to_come(self) -> BodyMeetingQuerySet:
        return self.filter(on__gte=clock.today())


class BodyMeeting(models.Model):
    """A day on which a body meets, and the last day for its papers where somebody set one."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    on = models.DateField("meets on")
    papers_by = models.DateField(null=True, blank=True)

    objects = BodyMeetingQuerySet.as_manager()
    history = keep_history()

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "on"],
                name="body_meeting_once",
                violation_error_message="This body meets on that day already.",
            ),
            models.CheckConstraint(
                condition=Q(papers_by=None) | Q(papers_by__lte=F("on")),
                name="body_meeting_papers_before",
                violation_error_message="The last day for papers is after the meeting.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.on}"


class PreElectionPeriod(models.Model):
    """Days before an election on which bodies of an area decide nothing; nation-wide without one.

    It forbids nobody anything: plans leave its meetings out, and say so.
    """

    name = models.CharField(max_length=120)
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Leave it empty for a national election.",
    )
    starts_on = models.DateField("from")
    ends_on = models.DateField("to")

    objects = TrackedQuerySet["PreElectionPeriod"].as_manager()
    history = keep_history()

    class Meta:
        verbose_name = "pre-election period"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="pre_election_ends_after_start",
                violation_error_message="The last day is before the first day.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class DiaryChange(models.Model):
    """A body's dates changed, and what follows from them is still to be planned anew.

    Work to do, and no record: whoever has done it deletes the row.
    """

    body = models.OneToOneField(Body, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"dates of {self.body_id}"
