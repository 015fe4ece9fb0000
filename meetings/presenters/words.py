"""Series and meetings in words."""

from __future__ import annotations

from datetime import date, datetime

from meetings.models import Cadence, Meeting, Series
from nhsuk.components import Colour, Tag
from nhsuk.dates import clock_time, day
from nhsuk.words import in_sentence

_COLOURS: dict[str, Colour] = {
    Meeting.State.SCHEDULED: "blue",
    Meeting.State.HELD: "green",
    Meeting.State.CANCELLED: "grey",
    Meeting.State.IN_ERROR: "grey",
}


def noun_of(series: Series) -> str:
    """What a meeting of the series is called in an e-mail, which holds no words of its name."""
    return {
        Series.Purpose.WIDER: "wider meeting",
        Series.Purpose.LOCALITY: "meeting with the locality manager",
    }.get(Series.Purpose(series.purpose), "meeting")


def nouns_of(series: Series, number: int = 2) -> str:
    """The same for so many: "wider meetings"."""
    return noun_of(series) if number == 1 else noun_of(series).replace("meeting", "meetings", 1)


def cadence_words(series: Series) -> str:
    """ "As required", "6 in each MoU year"."""
    if series.cadence == Cadence.PER_YEAR:
        return f"{series.per_year} in each MoU year"
    return str(Cadence(series.cadence).label)


def cadence_in_sentence(series: Series) -> str:
    return in_sentence(cadence_words(series))


def when(meeting: Meeting) -> str:
    """ "3 March 2014 at 2:00 pm GMT"; without a time the day alone."""
    return moment_words(meeting.day, meeting.starts_at)


def moment_words(on: date, starts_at: datetime | None) -> str:
    return f"{day(on)} at {clock_time(starts_at)}" if starts_at else day(on)


def title_of(meeting: Meeting) -> str:
    """ "Wider meeting, 3 March 2014"."""
    return f"{meeting.series.name}, {day(meeting.day)}"


def state_tag(meeting: Meeting, today: date) -> Tag:
    if meeting.is_scheduled and meeting.day < today:
        return Tag("Not recorded yet", "orange")
    return Tag(str(meeting.get_state_display()), _COLOURS[meeting.state])


def standing_tag(meeting: Meeting) -> Tag | None:
    """What marks a record that not everybody agreed to."""
    if not meeting.is_held:
        return None
    return {
        Meeting.Standing.AWAITED: Tag("Not yet confirmed", "yellow"),
        Meeting.Standing.DISPUTED: Tag("Said to be not right", "yellow"),
    }.get(Meeting.Standing(meeting.standing))
