"""What becomes of an action: changed, answered for by its owner, worked on, closed, taken back."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from agreements.core.confirming import require_reason
from agreements.models import Party
from commitments.models import ACTION_LIFECYCLE, Action, ProgressNote
from commitments.rules import (
    require_owner_side,
    require_party_that_entered,
    require_recorder,
    require_work_on,
    standing_for,
)
from commitments.services.due import keep_deadlines
from commitments.services.recording import check_owner, note
from commitments.services.telling import tell
from house import clock
from house.lifecycle import lock, move
from house.refusals import ChangedMeanwhile, Refused
from parties.acting import Acting
from parties.models import Person

Standing, State = Action.Standing, Action.State
STEPS = {State.DONE: ("finish", "action_done"), State.DROPPED: ("drop", "action_dropped")}


def change_action(
    *,
    by: Acting,
    action: Action,
    edit_no: int,
    what: str,
    owner: Party,
    person: Person | None = None,
    details: str = "",
    due_on: date | None = None,
) -> bool:
    """Changes an open action that was read as number `edit_no`. Returns whether anything changed.

    What a party changes for another waits for the owner's word again. Raises Refused when
    somebody else changed it since.
    """
    require_recorder(by, action.agreement)
    wanted = {
        "what": what, "details": details, "owner": owner, "person": person, "due_on": due_on
    }  # fmt: skip
    with transaction.atomic():
        current = locked(action)
        require_open(current)
        check_owner(current.agreement, owner, person)
        if all(getattr(current, name) == value for name, value in wanted.items()):
            return False
        if current.edit_no != edit_no:
            raise ChangedMeanwhile("action", current.edit_no)
        newly_named = (current.owner, current.person) != (owner, person)
        _write(current, by, wanted)
        happening = note(by, current, "action_changed", party=owner.name)
        tell(of=happening, action=current, by=by, newly_named=newly_named)
    return True


def answer_action(*, by: Acting, action: Action, agrees: bool, because: str = "") -> None:
    """The owner confirms what another party recorded for it, or says what is not right."""
    require_owner_side(by, action)
    require_reason(agrees=agrees, because=because)
    with transaction.atomic():
        current = locked(action)
        require_open(current)
        wanted = Standing.CONFIRMED if agrees else Standing.DISPUTED
        if current.standing == Standing.OWN:
            raise Refused("Your organisation recorded this action itself.")
        if current.standing == wanted:
            return  # said already, by a colleague or with the press before
        current.standing = wanted
        current.save(update_fields=["standing"])
        keep_deadlines(current)
        verb = "action_confirmed" if agrees else "action_disputed"
        happening = note(by, current, verb, because=because)
        tell(of=happening, action=current, by=by)


def note_progress(*, by: Acting, action: Action, text: str) -> ProgressNote:
    """Adds a note on how it goes. Both parties read it; it cannot be changed."""
    require_work_on(by, action)
    with transaction.atomic():
        current = locked(action)
        require_open(current)
        newest = current.notes.order_by("-pk").first()
        if newest and (newest.text, newest.by_id) == (text, by.who.pk):
            return newest  # the button was pressed twice
        made = ProgressNote.objects.create(
            action=current, text=text, by=by.who, organisation=by.on_behalf_of, at=clock.now()
        )
        note(by, current, "action_progress")
    return made


def close_action(*, by: Acting, action: Action, as_what: str, because: str = "") -> None:
    """Marks it done, or dropped with a reason, and tells the others. Raises Refused without one."""
    require_work_on(by, action)
    name, verb = STEPS[State(as_what)]
    if as_what == State.DROPPED and not because:
        raise Refused("Say why it is dropped.", field="text")
    _move(by, action, name, verb, because)


def reopen_action(*, by: Acting, action: Action, because: str) -> None:
    """It is not done after all. The other parties are told why."""
    require_recorder(by, action.agreement)
    _move(by, action, "reopen", "action_reopened", because)


def enter_in_error(*, by: Acting, action: Action, because: str) -> None:
    """It never should have been there: it leaves the counts and stays readable, with the reason."""
    require_party_that_entered(by, action)
    _move(by, action, "enter_in_error", "action_in_error", because)


def locked(action: Action) -> Action:
    """The agreement's row first, as whoever records an action locks it, then the action's."""
    lock(action.agreement)
    return lock(action)


def require_open(action: Action) -> None:
    if not action.is_open:
        state = action.get_state_display().lower()
        raise Refused(f"This action is {state} now, so this can no longer be done.")


def _move(by: Acting, action: Action, step: str, verb: str, because: str) -> None:
    """A step of its state; who closed it, when and why stands on it until it is open again."""
    closing = {"closed_by": by.who, "closed_at": clock.now(), "closing_note": because}
    opening = {"closed_by": None, "closed_at": None, "closing_note": ""}
    with transaction.atomic():
        locked(action)
        fields = opening if step == "reopen" else closing
        move(action, step, lifecycle=ACTION_LIFECYCLE, **fields)
        keep_deadlines(action)
        tell(of=note(by, action, verb, because=because), action=action, by=by)


def _write(action: Action, by: Acting, wanted: dict[str, object]) -> None:
    for name, value in wanted.items():
        setattr(action, name, value)
    action.edit_no += 1
    action.standing = standing_for(by, action.owner)
    action.save()
    keep_deadlines(action)
