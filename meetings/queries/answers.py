from __future__ import annotations

from django.db.models import F, QuerySet

from meetings.models import Meeting, MeetingAnswer
from parties.acting import Acting


def to_confirm(acting: Acting) -> QuerySet[Meeting]:
    """Records of other parties that the acting organisation has not answered, the newest first."""
    own = MeetingAnswer.objects.filter(
        organisation=acting.organisation_id or 0, at__gte=F("meeting__recorded_at")
    )
    waiting = Meeting.objects.visible_to(acting).filter(
        state=Meeting.State.HELD, standing=Meeting.Standing.AWAITED
    )
    others = waiting.exclude(recorded_for=acting.organisation_id).exclude(
        pk__in=own.order_by().values("meeting")
    )
    rows = others.select_related("series", "recorded_for").prefetch_related("recorded_for__names")
    return rows.defer("notes").order_by("-day", "-pk")
