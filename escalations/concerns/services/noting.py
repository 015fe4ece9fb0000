"""More is known of a concern; it is closed, and opened again; or it never should have been."""

from __future__ import annotations

from agreements.models import Party
from escalations.concerns.rules import Reader, require_open, why_none
from escalations.concerns.services.case import in_hand, repeated, write
from escalations.concerns.services.deciding import shares_of
from escalations.concerns.services.due import keep_due
from escalations.concerns.services.telling import tell_readers
from escalations.models import (
    CONCERN_LIFECYCLE,
    ConcernAction,
    ConcernStep,
    PracticeConcern,
)
from house import clock
from house.lifecycle import lock, move_locked
from house.once import one_job
from house.refusals import Refused
from nhsuk.words import plural
from parties.acting import Acting

Kind = ConcernStep.Kind


def note_more(*, by: Acting, concern: PracticeConcern, text: str) -> None:
    """Adds what is known. Every reader reads it; it cannot be changed."""
    with in_hand(by=by, concern=concern) as reader:
        reader.require_writer()
        if repeated(reader, Kind.NOTE, text):
            return
        require_open(reader.concern)
        write(reader, Kind.NOTE, text)
        tell_readers(reader, "news", _everybody(reader))


def note_read_by_link(*, by: Acting, concern: PracticeConcern, party: Party, text: str) -> None:
    """A key contact without an account has read it. Raises Refused once it is shared with their
    party no longer."""
    with one_job():
        current = lock(concern)
        current.agreement = concern.agreement
        if not current.shares.filter(party=party, ended_at=None).exists():
            raise Refused("This record is shared with your party no longer. Nothing was done.")
        reader = Reader(by, current, party)
        if repeated(reader, Kind.READ, text):
            return
        write(reader, Kind.READ, text)
        tell_readers(reader, "news", [side for side in _everybody(reader) if side != party])


def close_concern(
    *, by: Acting, concern: PracticeConcern, outcome: str, open_because: str = ""
) -> None:
    """Closes it with what came of it. Actions that are open stay so, with the reason, and nobody is
    reminded of them any more (A23). Raises Refused without a reason, or before it was decided
    whether other parties are told."""
    with in_hand(by=by, concern=concern) as reader:
        reader.require_keeper()
        require_open(reader.concern)
        if reader.concern.state == PracticeConcern.State.OPEN:
            raise Refused("Decide first whether other parties are told.")
        actions = list(reader.concern.actions.filter(state=ConcernAction.State.OPEN))
        if actions and not open_because:
            are = plural(len(actions), "action is", "actions are")
            raise Refused(f"{are} open. Say why it is closed all the same.", field="open_because")
        _close(reader, "close")
        text = f"{outcome}\n\n{open_because}".strip() if actions else outcome
        write(reader, Kind.CLOSED, text, [str(action.number) for action in actions])
        _with_reminders_as_now(reader, actions)
        tell_readers(reader, "news", _everybody(reader))


def reopen_concern(*, by: Acting, concern: PracticeConcern, because: str) -> None:
    """Opens a closed one again: how it was closed stays in the record, open actions are reminded of
    again, and whoever reads it is told. Raises Refused where it is not closed, or nothing may be
    recorded under the agreement any more."""
    with in_hand(by=by, concern=concern) as reader:
        reader.require_keeper()
        if repeated(reader, Kind.REOPENED, because):
            return
        if why := why_none(reader.concern.agreement):
            raise Refused(why)
        step = "reopen_shared" if shares_of(reader.concern) else "reopen_kept"
        move_locked(reader.concern, step, lifecycle=CONCERN_LIFECYCLE, closed_at=None)
        write(reader, Kind.REOPENED, because)
        _with_reminders_as_now(reader, list(reader.concern.actions.still_open()))
        tell_readers(reader, "news", _everybody(reader))


def enter_in_error(*, by: Acting, concern: PracticeConcern, because: str) -> None:
    """It never should have been recorded: it counts nowhere, and its readers read why."""
    with in_hand(by=by, concern=concern) as reader:
        reader.require_keeper()
        if repeated(reader, Kind.IN_ERROR, because):
            return
        _close(reader, "enter_in_error")
        write(reader, Kind.IN_ERROR, because)
        _with_reminders_as_now(reader, list(reader.concern.actions.all()))
        tell_readers(reader, "news", _everybody(reader))


def _close(reader: Reader, step: str) -> None:
    move_locked(reader.concern, step, lifecycle=CONCERN_LIFECYCLE, closed_at=clock.now())


def _with_reminders_as_now(reader: Reader, actions: list[ConcernAction]) -> None:
    for action in actions:
        current = lock(action)
        current.concern = reader.concern
        keep_due(current)


def _everybody(reader: Reader) -> list[Party]:
    return list(reader.concern.agreement.sides)
