"""The actions of a meeting: agreed at it, or carried to it from earlier ones until closed (A19)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from agreements.models import Party
from commitments.models import Action, ActionQuerySet
from commitments.services.of_meetings import carry
from commitments.services.recording import write_action
from house.refusals import Refused
from meetings.models import CarriedAction, Meeting
from meetings.queries.sides import agreements_at, agreements_with
from meetings.rules.who import require_recorder
from meetings.services.locking import lock_agreements, lock_meeting
from meetings.services.telling import mail_of_meeting
from parties.acting import Acting
from parties.models import Person


@dataclass(frozen=True)
class Agreed:
    """An action that a meeting agreed: what, who takes it forward, by when."""

    what: str
    owner: Party
    person: Person | None = None
    due_on: date | None = None
    details: str = ""


def agree_action(*, by: Acting, meeting: Meeting, agreed: Agreed) -> Action:
    """One more action that a meeting agreed, after its record was written."""
    require_recorder(by, meeting.series)
    with transaction.atomic():
        current = lock_meeting(meeting)
        if not current.is_held:
            raise Refused("Record the meeting first, with the actions that it agreed.")
        for known in actions_of(current):
            if (known.what, known.owner_id) == (agreed.what, agreed.owner.pk):
                return known  # the button was pressed twice
        (action,) = agree(by, current, [agreed])
        current.edit_no += 1
        current.save(update_fields=["edit_no"])
        mail_of_meeting(
            current, "action_agreed", by=by, under=[action.agreement], once=f"{current.edit_no}",
            agreed=[action],
        )  # fmt: skip
    return action


def agree(by: Acting, meeting: Meeting, agreed: Sequence[Agreed]) -> list[Action]:
    """Writes them down without telling anybody. Call it with the meeting locked."""
    locked = lock_agreements(meeting.series) if agreed else []
    own = {each.pk: each for each in agreements_with(locked, by.organisation_id)}
    there, found = {each.pk for each in agreements_at(meeting)}, []
    for each in agreed:
        agreement = own.get(each.owner.agreement_id)
        if agreement is None or agreement.pk not in there:
            raise Refused("Choose a party that meets here.")
        action, _ = write_action(
            by=by, agreement=agreement, what=each.what, owner=each.owner, person=each.person,
            due_on=each.due_on, details=each.details, source_key=source_key_of(meeting),
        )  # fmt: skip
        found.append(action)
    return found


def source_key_of(meeting: Meeting) -> str:
    return f"meeting:{meeting.key}"


def actions_of(meeting: Meeting) -> list[Action]:
    """The actions that it agreed."""
    rows = Action.objects.filter(source_key=source_key_of(meeting))
    return list(rows.order_by("agreement", "number"))


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
