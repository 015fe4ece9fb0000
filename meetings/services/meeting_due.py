"""The deadline of a scheduled meeting: people are reminded of it, then asked what happened."""

from __future__ import annotations

from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from meetings.models import Meeting
from meetings.queries.clauses import clause_key_of
from meetings.queries.sides import agreements_of, organisations_in
from parties.models import Role

KIND = "meeting"
# A week and a day before; after it until somebody records what happened, for three months.
BEFORE = ("days:-7", "days:-1")
AFTER = ("days:+1", "days:+8", "days:+15", "months:+1", "months:+2", "months:+3")


def subject_of(meeting: Meeting) -> str:
    return f"meeting:{meeting.key}"


def keep_meeting(meeting: Meeting) -> None:
    """Sets, moves or closes the meeting's deadline."""
    if not meeting.is_scheduled:
        close = meet_deadline if meeting.is_held else cancel_deadline
        close(kind=KIND, subject_key=subject_of(meeting))
        return
    series = meeting.series
    set_deadline(
        kind=KIND,
        subject_key=subject_of(meeting),
        due_on=meeting.day,
        due_at=meeting.starts_at,
        since=meeting.called_at,
        schedule=(*BEFORE, *AFTER),
        holders=[For(each, role=Role.MANAGER) for each in organisations_in(series)],
        references=[agreement.reference for agreement in agreements_of(series)],
        clause_key=clause_key_of(series),
        catch_up=False,
    )
