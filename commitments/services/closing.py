"""How an action goes and ends: progress, done, dropped, open again, entered in error."""

from __future__ import annotations

from django.db import transaction

from commitments.models import ACTION_LIFECYCLE, Action, ProgressNote
from commitments.rules import require_party_that_entered, require_recorder, require_work_on
from commitments.services.due import keep_deadline
from commitments.services.locking import locked, require_open
from commitments.services.recording import note
from commitments.services.telling import tell
from house import clock
from house.lifecycle import move
from house.refusals import Refused
from parties.acting import Acting

State = Action.State
STEPS = {State.DONE: ("finish", "action_done"), State.DROPPED: ("drop", "action_dropped")}


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
    with transaction.atomic():
        locked(action)
        move(
            action, name, lifecycle=ACTION_LIFECYCLE, closed_by=by.who, closed_at=clock.now(),
            closing_note=because,
        )  # fmt: skip
        keep_deadline(action)
        happening = note(by, action, verb, because=because)
        tell(of=happening, action=action, by=by)


def reopen_action(*, by: Acting, action: Action, because: str) -> None:
    """It is not done after all. The other parties are told why."""
    require_recorder(by, action.agreement)
    with transaction.atomic():
        locked(action)
        move(
            action, "reopen", lifecycle=ACTION_LIFECYCLE, closed_by=None, closed_at=None,
            closing_note="",
        )  # fmt: skip
        keep_deadline(action)
        happening = note(by, action, "action_reopened", because=because)
        tell(of=happening, action=action, by=by)


def enter_in_error(*, by: Acting, action: Action, because: str) -> None:
    """It never should have been there: it leaves the counts and stays readable, with the reason."""
    require_party_that_entered(by, action)
    with transaction.atomic():
        locked(action)
        move(
            action, "enter_in_error", lifecycle=ACTION_LIFECYCLE, closed_by=by.who,
            closed_at=clock.now(), closing_note=because,
        )  # fmt: skip
        keep_deadline(action)
        happening = note(by, action, "action_in_error", because=because)
        tell(of=happening, action=action, by=by)
