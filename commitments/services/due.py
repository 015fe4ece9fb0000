"""The deadline of an action, kept equal to it."""

from __future__ import annotations

from agreements.core.parties import parties_of
from agreements.core.texts import clause_bound_to
from commitments.models import Action
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from parties.models import Role

KIND = "action"
KEEPS = "meeting_actions"
# A week before, on the day; when it is late, weekly three times, then monthly for half a year.
# After that the pages and each meeting's agenda still have it.
LATE = ("days:+7", "days:+14", "days:+21", *(f"months:+{number}" for number in range(1, 7)))
SCHEDULE = ("days:-7", "days:0", *LATE)


def subject_of(action: Action) -> str:
    return f"action:{action.key}"


def keep_deadline(action: Action) -> None:
    """Sets, moves or closes the action's deadline. What its owner disputes is due to nobody."""
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
