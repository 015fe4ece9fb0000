"""The deadline of a scheduled meeting: it is near, or nobody has said what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deadlines.kinds import DeadlineKind, Recipient
from deadlines.models import Deadline, Reminder
from house import clock
from house.room import Todo
from mail.kinds import Message, NotNeeded
from meetings.mails import SeriesLetter
from meetings.models import Meeting
from meetings.presenters.words import meeting_page, noun_of, when
from meetings.queries.seen import names_of_others, series_with_agreements
from meetings.queries.sides import read_parties_in, says_so
from meetings.services.due import MEETING_KEY
from meetings.services.telling import managers_in
from nhsuk.dates import day
from nhsuk.words import with_whom
from parties.acting import Acting

# The end of the subject, the paragraphs, the button.
Words = tuple[str, tuple[str, ...], str]


def _recipients(deadline: Deadline, _: Reminder) -> list[Recipient]:
    return managers_in(_of(deadline).series)


def _compose(deadline: Deadline, _: Reminder, recipient: Recipient) -> Message:
    meeting = _of(deadline)
    if not meeting.is_scheduled:
        raise NotNeeded
    about = SeriesLetter(meeting.series, recipient.organisation_id, why=recipient.why)
    noun = noun_of(meeting.series)
    if meeting.day < clock.today():
        what, paragraphs, button = _afterwards(about, noun, meeting)
    else:
        what, paragraphs, button = _before(about, noun, meeting)
    details = says_so(meeting.series)
    return about.message(
        what, *paragraphs, button=button, to=meeting_page(meeting), details=details
    )


def _before(about: SeriesLetter, noun: str, meeting: Meeting) -> Words:
    sentence = f"The {noun} {about.under} is on {when(meeting)}."
    ask = "Read its agenda, and add what you want to talk about. Its page says where."
    return f"{noun} on {when(meeting)}", (sentence, ask), "Open the agenda"


def _afterwards(about: SeriesLetter, noun: str, meeting: Meeting) -> Words:
    on = day(meeting.day)
    sentence = f"What happened at the {noun} {about.under} of {on} is not recorded yet."
    ask = "Record who came and what was agreed. If it was not held, cancel it."
    return f"{noun} of {on}: record what happened", (sentence, ask), "Record what happened"


def _of(deadline: Deadline) -> Meeting:
    rows = Meeting.objects.select_related("series")
    return rows.get(key=deadline.subject)


def _todos(deadlines: Sequence[Deadline], acting: Acting) -> Mapping[int, Todo]:
    """Deadline id -> its line, in a fixed number of queries."""
    keys = {deadline.subject: deadline for deadline in deadlines}
    meetings = Meeting.objects.visible_to(acting).scheduled().filter(key__in=keys).defer("notes")
    seen = {
        s.pk: s for s in series_with_agreements(acting).filter(meetings__in=meetings).distinct()
    }
    read_parties_in(seen.values())
    found = {}
    for meeting in meetings:
        meeting.series = seen[meeting.series_id]
        found[keys[str(meeting.key)].pk] = _todo(meeting, acting)
    return found


def _names(deadlines: Sequence[Deadline]) -> Mapping[int, str]:
    keys = {deadline.subject: deadline.pk for deadline in deadlines}
    rows = Meeting.objects.filter(key__in=keys).values_list("key", "series__name")
    return {keys[str(key)]: name for key, name in rows}


def _todo(meeting: Meeting, acting: Acting) -> Todo:
    others = with_whom(names_of_others(meeting.series, acting))
    past = meeting.day < clock.today()
    what = "Record what happened at the" if past else "Prepare for the"
    noun = noun_of(meeting.series)
    return Todo(
        sentence=f"{what} {noun} {others}",
        about=meeting.series.name,
        url=meeting_page(meeting),
        button="Record it" if past else "Open the agenda",
        due_on=meeting.day,
        due_at=meeting.starts_at,
    )


MEETING = DeadlineKind(
    key=MEETING_KEY,
    label="Meetings that are near, or not recorded yet",
    recipients=_recipients,
    compose=_compose,
    todos=_todos,
    required=False,
    noun="Meeting",
    names=_names,
)
