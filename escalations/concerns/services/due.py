"""The deadline of a concern's action.

It has no holder and no agreement: lists, calendars, Home and the ledger of reminders know those
alone. So nobody but its recipients, found when a reminder is due, hears of it (record 0078).
"""

from __future__ import annotations

from typing import Final

from deadlines.services.setting import cancel_deadline, meet_deadline, set_deadline
from escalations.models import ConcernAction

KIND: Final = "concern_action"
SCHEDULE: Final = ("days:-7", "days:0", "days:+7", "days:+14", "days:+28", "months:+2", "months:+3")


def subject_of(action: ConcernAction) -> str:
    return f"concernaction:{action.pk}"


def keep_due(action: ConcernAction) -> None:
    """Sets, moves or closes it, with the concern and the action locked."""
    subject = subject_of(action)
    if action.state == ConcernAction.State.DONE:
        meet_deadline(kind=KIND, subject_key=subject)
    elif not action.is_open or action.due_on is None or not action.concern.is_open:
        cancel_deadline(kind=KIND, subject_key=subject)
    else:
        set_deadline(kind=KIND, subject_key=subject, due_on=action.due_on, schedule=SCHEDULE)
