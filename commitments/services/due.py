"""The deadlines of an action, kept equal to it: that it is done, and what its owner says of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from agreements.core.due import key_of
from agreements.core.parties import parties_of
from agreements.core.texts import clause_bound_to
from commitments.models import Action
from deadlines.queries import had_deadline
from deadlines.services.setting import (
    For,
    cancel_deadline,
    meet_deadline,
    set_deadline,
    set_together,
)
from house.lifecycle import lock
from parties.models import Role
from parties.who import RECORDERS

KIND, TO_CONFIRM = "action", "action_to_confirm"
KEEPS = "meeting_actions"
# A week before, on the day; when it is late, weekly three times, then monthly for half a year.
# After that the pages and each meeting's agenda still have it.
LATE = ("days:+7", "days:+14", "days:+21", *(f"months:+{number}" for number in range(1, 7)))
SCHEDULE = ("days:-7", "days:0", *LATE)


def subject_of(action: Action) -> str:
    return f"action:{action.key}"


def keep_deadlines(action: Action) -> None:
    """Sets, moves or closes the action's deadlines. Call it with its row and agreement locked."""
    with set_together():
        _keep_due(action)
        _ask_owner(action)


def make_up_for_questions() -> Iterator[str]:
    """Asks owners about actions from before this was a deadline, as after an upgrade. Gives the
    references of their agreements; a second run finds nothing to do."""
    awaited = Action.objects.filter(state=Action.State.OPEN, standing=Action.Standing.AWAITED)
    for action in awaited.filter(~had_deadline(TO_CONFIRM, "action")).select_related("agreement"):
        with transaction.atomic():
            lock(action.agreement)
            current = lock(action)
            _ask_owner(current, since=current.recorded_at)
        yield action.agreement.reference


def _ask_owner(action: Action, since: datetime | None = None) -> None:
    """What another party recorded waits for the owner's word, as long as it is open."""
    key = key_of(action)
    if action.is_open and action.standing == Action.Standing.AWAITED:
        set_deadline(
            kind=TO_CONFIRM,
            subject_key=key,
            since=since,
            holders=[For(action.owner.organisation, role=role) for role in RECORDERS.roles],
            references=[action.agreement.reference],
        )
    elif action.standing == Action.Standing.CONFIRMED:
        meet_deadline(kind=TO_CONFIRM, subject_key=key)
    else:
        cancel_deadline(kind=TO_CONFIRM, subject_key=key)


def _keep_due(action: Action) -> None:
    """What its owner disputes is due to nobody."""
    disputed = action.standing == Action.Standing.DISPUTED
    if action.is_open and action.due_on and not disputed:
        _set(action)
    elif action.state == Action.State.DONE:
        meet_deadline(kind=KIND, subject_key=subject_of(action))
    else:
        cancel_deadline(kind=KIND, subject_key=subject_of(action))


def _set(action: Action) -> None:
    clause = clause_bound_to(action.agreement, KEEPS) if action.source_key else None
    set_deadline(
        kind=KIND,
        subject_key=subject_of(action),
        due_on=action.due_on,
        since=action.recorded_at,
        schedule=SCHEDULE,
        holders=_holders(action),
        references=[action.agreement.reference],
        clause_key=clause.key if clause else "",
    )


def _holders(action: Action) -> list[For]:
    """Its owner acts, in person or by its MoU manager; the other parties see it and wait."""
    found = []
    for party in parties_of(action.agreement):
        if party.pk != action.owner_id:
            found.append(For(party.organisation, watches=True))
        elif action.person:
            found.append(For(party.organisation, person=action.person))
        else:
            found.append(For(party.organisation, role=Role.MANAGER))
    return found
