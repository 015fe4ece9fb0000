"""Open actions of earlier meetings come back on each agenda until they are closed (A19)."""

from __future__ import annotations

from commitments.models import Action
from commitments.models.actions import ActionQuerySet
from commitments.services.of_meetings import carry
from meetings.models import CarriedAction, Meeting


def open_before(meeting: Meeting) -> ActionQuerySet:
    """Actions that earlier meetings of the series agreed and nobody has closed."""
    earlier = Meeting.objects.filter(
        series=meeting.series_id, day__lt=meeting.day, state=Meeting.State.HELD
    )
    keys = [f"meeting:{key}" for key in earlier.values_list("key", flat=True)]
    found: ActionQuerySet = Action.objects.filter(source_key__in=keys, state=Action.State.OPEN)
    return found.soonest_first()


def carry_on(meeting: Meeting) -> None:
    """Writes down which actions were still open when the meeting was held."""
    actions = list(open_before(meeting))
    CarriedAction.objects.bulk_create(
        CarriedAction(meeting=meeting, action=action) for action in actions
    )
    carry(actions)


def take_back(meeting: Meeting) -> None:
    """It was no meeting after all: nothing was carried to it."""
    carry([row.action for row in meeting.carried.select_related("action")], by_one=-1)
