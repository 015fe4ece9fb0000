"""The word of each other party on a record waits on Home; the e-mail about the record asked it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deadlines.kinds import without_reminders
from deadlines.lines import Line
from deadlines.models import Deadline
from meetings.models import Meeting
from meetings.presenters.words import meeting_page, title_of
from meetings.services.asking import TO_CONFIRM


def _lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    """Everybody may read the record that it leads to (one query)."""
    rows = Meeting.objects.select_related("series").defer("notes")
    meetings = rows.in_bulk({int(deadline.subject) for deadline in deadlines})
    for meeting in (meetings[int(deadline.subject)] for deadline in deadlines):
        yield Line(
            f"Say whether the record is right: {title_of(meeting)}",
            meeting_page(meeting),
            "Read the record",
            naming="nobody",
            recorded_for=meeting.recorded_for_id or 0,
        )


RECORD_TO_CONFIRM = without_reminders(
    TO_CONFIRM, "Record to confirm", _lines, "Say whether records are right"
)
