"""The deadline of a scheduled meeting: it is near, or nobody has said what happened."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from agreements.core.due import read_letters
from agreements.core.recipients import read_managers
from deadlines.calendars.ical import Event
from deadlines.kinds import DeadlineKind, ReadOfMany, Recipient
from deadlines.lines import Line
from deadlines.models import Deadline, Reminder
from house import clock
from house.once import each_once
from mail.kinds import Message, NotNeeded
from meetings.invitations import events_of, inviting, last_change
from meetings.mails import SeriesLetter, letter_of
from meetings.models import Meeting, Series
from meetings.presenters.words import meeting_page, noun_of, when
from meetings.queries.sides import agreements_at, clause_asking, read_parties_in, served
from meetings.services.due import MEETING_KEY
from meetings.services.telling import managers_under
from nhsuk.dates import day
from parties.reader import names

# The end of the subject, the paragraphs, the button.
Words = tuple[str, tuple[str, ...], str]


def _recipients(deadline: Deadline, _: Reminder) -> list[Recipient]:
    return managers_under(agreements_at(_of(deadline)))


def _compose(deadline: Deadline, _: Reminder, recipient: Recipient) -> Message:
    meeting = _of(deadline)
    if not meeting.is_scheduled:
        raise NotNeeded
    about = letter_of(meeting, recipient.organisation_id, why=recipient.why)
    about.replies_to(meeting.called_by, meeting.called_for_id)
    noun = noun_of(meeting.series)
    if _is_over(meeting):
        what, paragraphs, button = _afterwards(about, noun, meeting)
    else:
        what, paragraphs, button = _before(about, noun, meeting)
    details = clause_asking(deadline, about.parties)
    message = about.message(
        what, *paragraphs, button=button, to=meeting_page(meeting), details=details
    )
    return message if _is_over(meeting) else inviting(message, meeting, recipient.address)


def _is_over(meeting: Meeting) -> bool:
    """Whether it began, as far as its time is known, or its day has passed."""
    begun = meeting.starts_at is not None and meeting.starts_at <= clock.now()
    return begun or meeting.day < clock.today()


def _before(about: SeriesLetter, noun: str, meeting: Meeting) -> Words:
    sentence = f"The {noun} {about.under} is on {when(meeting)}."
    ask = "Read its agenda, and add what you want to talk about. Its page says where."
    return f"{noun} on {when(meeting)}", (sentence, ask), "Open the agenda"


def _afterwards(about: SeriesLetter, noun: str, meeting: Meeting) -> Words:
    on = day(meeting.day)
    sentence = f"What happened at the {noun} {about.under} of {on} is not recorded yet."
    ask = "Record who came and what was agreed. If it was not held, cancel it."
    return f"record what happened at the {noun} of {on}", (sentence, ask), "Record what happened"


def _of(deadline: Deadline) -> Meeting:
    return _meetings([deadline.subject])[deadline.subject]


@each_once(Meeting, Series)
def _meetings(keys: Collection[str]) -> dict[str, Meeting]:
    rows = Meeting.objects.select_related("series", "called_by__person")
    found = rows.filter(key__in=keys).prefetch_related(served("series__serves"))
    return {str(meeting.key): meeting for meeting in found}


def _read(reminders: Sequence[Reminder]) -> None:
    read_letters(reminders)
    found = _meetings(reminder.deadline.subject for reminder in reminders).values()
    read_parties_in(meeting.series for meeting in found)
    names(meeting.called_for_id for meeting in found)


def _read_people(reminders: Sequence[Reminder]) -> ReadOfMany:
    found = _meetings(reminder.deadline.subject for reminder in reminders).values()
    return read_managers, read_parties_in(meeting.series for meeting in found)


def _lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    """Each is prepared for until its day is over, then recorded (one query)."""
    meetings = Meeting.objects.filter(key__in=[deadline.subject for deadline in deadlines])
    found = {str(each.key): each for each in meetings.select_related("series").defer("notes")}
    for deadline in deadlines:
        yield _line(found[deadline.subject])


def _names(deadlines: Sequence[Deadline]) -> Mapping[int, str]:
    keys = {deadline.subject: deadline.pk for deadline in deadlines}
    rows = Meeting.objects.filter(key__in=keys).values_list("key", "series__name")
    return {keys[str(key)]: name for key, name in rows}


def _events(deadlines: Sequence[Deadline]) -> dict[int, Event]:
    """As they stand; without those that were taken back after they were held (two queries, for any
    number)."""
    meetings = Meeting.objects.filter(key__in=[deadline.subject for deadline in deadlines])
    rows = meetings.select_related("series").annotate(changed_at=last_change()).defer("notes")
    found = {str(each.key): each for each in rows}
    events = events_of(found.values())
    of_each = {each.pk: events[found[each.subject]] for each in deadlines}
    held = {each.pk for each in deadlines if each.state == Deadline.State.MET}
    return {pk: event for pk, event in of_each.items() if not (event.is_cancelled and pk in held)}


def _line(meeting: Meeting) -> Line:
    noun = noun_of(meeting.series)
    ahead = Line(
        f"Prepare for the {noun}",
        meeting_page(meeting),
        "Open the agenda",
        naming="party",
        about=meeting.series.name,
        by_day=True,
    )
    past = replace(ahead, act=f"Record what happened at the {noun}", button="Record it")
    return replace(ahead, late=past)


MEETING = DeadlineKind(
    key=MEETING_KEY,
    label="Meetings that are near, or not recorded yet",
    recipients=_recipients,
    compose=_compose,
    lines=_lines,
    required=False,
    noun="Meeting",
    together="See to meetings",
    reads_people=_read_people,
    reads=_read,
    names=_names,
    events=_events,
)
