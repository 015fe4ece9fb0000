"""What somebody has to do about a concern: added, done with its evidence, or dropped."""

from __future__ import annotations

from datetime import date

from escalations.concerns.rules import Reader, require_open
from escalations.concerns.services.case import audit, in_hand
from escalations.concerns.services.due import keep_due
from escalations.models import (
    CONCERN_ACTION_LIFECYCLE,
    ConcernAction,
    ConcernReader,
    PracticeConcern,
)
from house import clock
from house.lifecycle import lock, move_locked
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Organisation, User

Kind, State = ConcernAction.Kind, ConcernAction.State


def add_action(
    *,
    by: Acting,
    concern: PracticeConcern,
    what: str,
    due_on: date | None = None,
    sees_to_it: User | None = None,
) -> ConcernAction:
    """Something that was agreed about it (A23). Raises Refused for who does not read it."""
    with in_hand(by=by, concern=concern) as reader:
        reader.require_writer()
        require_open(reader.concern)
        check_reads(reader.concern, sees_to_it)
        newest = reader.concern.actions.order_by("-number").first()
        if newest and _is_same(newest, by, what, due_on, sees_to_it):
            return newest  # the button was pressed twice
        return write_action(
            reader, kind=Kind.AGREED, what=what, due_on=due_on, sees_to_it=sees_to_it
        )


def write_action(
    reader: Reader,
    *,
    kind: str,
    what: str,
    commissioner: Organisation | None = None,
    due_on: date | None = None,
    sees_to_it: User | None = None,
) -> ConcernAction:
    """The same with the concern in hand."""
    newest = reader.concern.actions.order_by("-number").values_list("number", flat=True).first()
    action = ConcernAction.objects.create(
        concern=reader.concern, number=(newest or 0) + 1, kind=kind, what=what,
        commissioner=commissioner, due_on=due_on, sees_to_it=sees_to_it,
        added_by=reader.acting.who, added_at=clock.now(),
    )  # fmt: skip
    audit(reader, "action_added", action=action.pk)
    keep_due(action)
    return action


def plan_action(
    *, by: Acting, action: ConcernAction, due_on: date | None, sees_to_it: User | None
) -> None:
    """By when it is to be done, and who sees to it and is reminded."""
    with in_hand(by=by, concern=action.concern) as reader:
        reader.require_writer()
        require_open(reader.concern)
        check_reads(reader.concern, sees_to_it)
        current = _open_one(action)
        if (current.due_on, current.sees_to_it) == (due_on, sees_to_it):
            return
        current.due_on, current.sees_to_it = due_on, sees_to_it
        current.save(update_fields=["due_on", "sees_to_it"])
        audit(reader, "action_planned", action=current.pk)
        keep_due(current)


def close_action(
    *, by: Acting, action: ConcernAction, as_what: str, evidence: str, done_on: date | None = None
) -> None:
    """Done on a day, with how that is known; or dropped, with why. Whoever writes may say so, of
    whichever party: who was to be informed knows best. It can still be done once the concern is
    closed. Raises Refused for a day to come, or where it is closed already."""
    with in_hand(by=by, concern=action.concern) as reader:
        reader.require_writer()
        if as_what == State.DONE and (done_on is None or done_on > clock.today()):
            raise Refused("Enter the day on which it was done, today or before.", field="done_on")
        current = lock(action)
        if (current.state, current.evidence) == (as_what, evidence):
            return  # pressed twice
        move_locked(
            current, "finish" if as_what == State.DONE else "drop",
            lifecycle=CONCERN_ACTION_LIFECYCLE, closed_by=by.who, closed_at=clock.now(),
            evidence=evidence, done_on=done_on if as_what == State.DONE else None,
        )  # fmt: skip
        audit(reader, f"action_{as_what}", action=current.pk)
        keep_due(current)


def check_reads(concern: PracticeConcern, user: User | None) -> None:
    """Raises Refused for somebody who does not read the concern."""
    named = ConcernReader.objects.still_open().filter(concern=concern)
    if user and not named.filter(user=user).exists():
        raise Refused(f"{user} does not read this concern.", field="sees_to_it")


def _open_one(action: ConcernAction) -> ConcernAction:
    current = lock(action)
    if not current.is_open:
        state = current.get_state_display().lower()
        raise Refused(f"This action is {state} now, so this can no longer be done.")
    return current


def _is_same(
    newest: ConcernAction, by: Acting, what: str, due_on: date | None, sees_to_it: User | None
) -> bool:
    said = (Kind.AGREED, what, due_on, sees_to_it, by.who, True)
    return said == (
        newest.kind, newest.what, newest.due_on, newest.sees_to_it, newest.added_by,
        newest.is_open,
    )  # fmt: skip
