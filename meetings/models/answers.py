from __future__ import annotations

from django.conf import settings
from django.db import models

from house.triggers import Trigger, declare
from house.wall import WalledQuerySet, WhoAsks
from meetings.models.meetings import Meeting
from parties.models import Organisation


class AnswerQuerySet(WalledQuerySet["MeetingAnswer"]):
    def visible_to(self, acting: WhoAsks) -> AnswerQuerySet:
        return self.filter(meeting__in=Meeting.objects.visible_to(acting).order_by().values("pk"))


class MeetingAnswer(models.Model):
    """What another party says of a record: that it is right, or what is not. Append-only."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="answers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    because = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation} on {self.meeting}"


ANSWERS_APPEND_ONLY = declare(
    Trigger(
        name="meeting_answers_append_only",
        table="meetings_meetinganswer",
        events=("UPDATE", "DELETE"),
        message="What a party said of a record does not change.",
    )
)
