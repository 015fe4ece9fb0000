"""Meetings as calendars show them: in feeds, and as the invitation that an e-mail carries (X06)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.db.models import DateTimeField, OuterRef, Subquery

from deadlines.calendars.by_mail import with_invitation
from deadlines.calendars.ical import Event, uid_of
from mail.kinds import Message
from meetings.models import Meeting
from meetings.presenters.words import meeting_page, noun_of
from parties.reader import names

# News of what stands in calendars; of any other nothing is to be put there.
INVITING: Final = frozenset(
    {"meeting_scheduled", "meeting_moved", "meeting_cancelled", "meeting_in_error"}
)
# So long is shown where nobody said until when.
UNSAID: Final = timedelta(hours=1)
NOT_SAID: Final = "Nobody has said until when. The calendar shows one hour."


def last_change() -> Subquery:
    """For a query of meetings: when each was last written."""
    rows = Meeting.history.filter(id=OuterRef("pk")).order_by("-history_date", "-history_id")
    return Subquery(rows.values("history_date")[:1], output_field=DateTimeField())


def events_of(meetings: Iterable[Meeting]) -> dict[Meeting, Event]:
    """Each with who invites (one query for any number, none where it is at hand)."""
    found = list(meetings)
    called = names(meeting.called_for_id for meeting in found)
    return {meeting: _event(meeting, called[meeting.called_for_id]) for meeting in found}


def _event(meeting: Meeting, organiser: str) -> Event:
    starts, ends = meeting.starts_at, meeting.ends_at
    is_off = meeting.state in (Meeting.State.CANCELLED, Meeting.State.IN_ERROR)
    return Event(
        uid=uid_of("meeting", meeting.key),
        title=noun_of(meeting.series),
        starts=starts or meeting.day,
        ends=(ends or starts + UNSAID) if starts else None,
        place=meeting.place,
        text=NOT_SAID if starts and not ends else "",
        # Calling it off changes nothing else of it, and nothing is changed after that.
        sequence=meeting.edit_no + int(is_off),
        changed_at=getattr(meeting, "changed_at", None),
        is_cancelled=is_off,
        is_busy=starts is not None,
        organiser=organiser,
    )


def inviting(message: Message, meeting: Meeting, to: str) -> Message:
    """The e-mail to this address with the meeting as it stands; without one, as it is."""
    if not to:
        return message
    return with_invitation(message, events_of([meeting])[meeting], meeting_page(meeting), to)
