"""A heads-up in hand: the locks of its agreements by reference, then its own; its date."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from audit.services import record
from communications.heads_ups.rules import require_keeper
from communications.models import HeadsUp, LocalCommittee
from communications.services.dates import AFTER_RELEASE
from communications.services.locking import lock_agreements
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from house.lifecycle import lock
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Role

SENDING = "heads_up_sending"


def lock_open(by: Acting, heads_up: HeadsUp) -> HeadsUp:
    """The heads-up as it is now, locked behind its agreements, for one of its keepers.

    Raises NotYours for others, Refused once it has gone out or was withdrawn.
    """
    require_keeper(by, heads_up)
    current = lock_with_agreements(heads_up)
    if not current.is_open:
        state = "has gone out" if current.is_sent else "was withdrawn"
        raise Refused(f"This message {state}, so this can no longer be done.")
    return current


def lock_with_agreements(heads_up: HeadsUp) -> HeadsUp:
    """Which agreements it concerns never changes once it is given."""
    lock_agreements(heads_up.concerned.values_list("agreement", flat=True))
    return lock(heads_up)


def note(by: Acting, verb: str, heads_up: HeadsUp, **payload: Any) -> None:
    """The audit entry of one act, in its transaction; with no word of what is told."""
    record(by, f"heads_up_{verb}", heads_up, **payload)


def note_committee(by: Acting, verb: str, committee: LocalCommittee) -> None:
    record(by, f"local_committee_{verb}", committee)


def keep_date(heads_up: HeadsUp, references: Collection[str] = ()) -> None:
    """After the planned sending somebody is asked what came of it, until it is said."""
    owner = heads_up.owner
    concerned = heads_up.concerned.values_list("agreement__reference", flat=True)
    keeper = [For(owner, person=heads_up.keeper)] if heads_up.keeper else []
    set_deadline(
        kind=SENDING,
        subject_key=key_of(heads_up),
        due_at=heads_up.planned_for,
        since=heads_up.given_at,
        schedule=AFTER_RELEASE,
        holders=[*keeper, For(owner, role=Role.MANAGER)],
        references=list(references or concerned),
    )


def close_date(heads_up: HeadsUp) -> None:
    close = meet_deadline if heads_up.is_sent else cancel_deadline
    close(kind=SENDING, subject_key=key_of(heads_up))


def key_of(heads_up: HeadsUp) -> str:
    """What its deadline is about."""
    return f"heads_up:{heads_up.pk}"
