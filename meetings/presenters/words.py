"""Series and meetings in words, with the paths of their pages."""

from __future__ import annotations

from django.urls import reverse

from house import clock
from meetings.models import WIDER_MEETING, Cadence, Meeting, Series
from meetings.queries.seen import Overview, agreements_seen, names_of_others
from nhsuk.components import Colour, Tag
from nhsuk.dates import clock_time, day
from nhsuk.words import in_short, plural, with_whom
from parties.acting import Acting

_COLOURS: dict[str, Colour] = {
    Meeting.State.SCHEDULED: "blue",
    Meeting.State.HELD: "green",
    Meeting.State.CANCELLED: "grey",
    Meeting.State.IN_ERROR: "grey",
}


def series_page(series: Series) -> str:
    return reverse("meetings:series", args=[series.key])


def meeting_page(meeting: Meeting) -> str:
    return reverse("meetings:meeting", args=[meeting.key])


def noun_of(series: Series) -> str:
    """What a meeting of the series is called in an e-mail, which holds no words of its name."""
    if series.is_locality:
        return "meeting with the locality manager"
    is_wider = series.is_in_terms and series.name == WIDER_MEETING
    return "wider meeting" if is_wider else "meeting"


def owed_noun(series: Series) -> str:
    """The same with how often it is held, where that tells it apart: "quarterly meeting"."""
    regular = {Cadence.MONTHLY: "monthly ", Cadence.QUARTERLY: "quarterly "}
    often = "" if noun_of(series) == "wider meeting" else regular.get(Cadence(series.cadence), "")
    return f"{often}{noun_of(series)}"


def nouns_of(series: Series, number: int = 2) -> str:
    """The same for so many: "wider meetings"."""
    return many_of(noun_of(series), number)


def many_of(noun: str, number: int) -> str:
    return noun if number == 1 else noun.replace("meeting", "meetings", 1)


def with_others(series: Series, acting: Acting) -> str:
    """ "With Eastmoor CCG and 8 others"."""
    return f"W{with_whom(names_of_others(series, acting))[1:]}"


def others(series: Series, acting: Acting) -> str:
    """ "Eastmoor CCG and 8 others"."""
    return in_short(names_of_others(series, acting))


def references(series: Series) -> str:
    """ "MOU-0001 and 2 others", of the agreements that the reader may see."""
    seen = [agreement.reference for agreement in agreements_seen(series)]
    more = len(seen) - 1
    return seen[0] + (f" and {plural(more, 'other')}" if more else "")


def standing_words(overview: Overview) -> str:
    """ "One of two held this MoU year; one owed by 2 September 2014"; of several agreements under
    which of them, where they differ."""
    if standing := overview.standing:
        lacking = in_short([row.agreement.reference for row in overview.lacking] or [""])
        return f"{standing.sentence} This is so under {lacking}." if lacking else standing.sentence
    held = len(overview.held_on)
    if overview.series.ended_on:
        return f"Ended on {day(overview.series.ended_on)}. {plural(held, 'meeting')} held."
    return f"{plural(held, 'meeting')} held." if held else "None held yet."


def when(meeting: Meeting) -> str:
    """ "3 March 2014 at 2:00 pm GMT", "3 March 2014 from 2:00 pm to 4:00 pm GMT"; without a time
    the day alone."""
    if meeting.starts_at is None:
        return day(meeting.day)
    first, zone = clock_time(meeting.starts_at).rsplit(" ", 1)
    until = clock_time(meeting.ends_at)
    if not until:
        return f"{day(meeting.day)} at {first} {zone}"
    # The zone once, unless the clocks change meanwhile.
    first = first if until.endswith(zone) else f"{first} {zone}"
    return f"{day(meeting.day)} from {first} to {until}"


def title_of(meeting: Meeting) -> str:
    """ "Wider meeting, 3 March 2014"."""
    return f"{meeting.series.name}, {day(meeting.day)}"


def state_tag(meeting: Meeting) -> Tag:
    if meeting.is_scheduled and meeting.day < clock.today():
        return Tag("Not recorded yet", "orange")
    return Tag(str(meeting.get_state_display()), _COLOURS[meeting.state])


def standing_tag(meeting: Meeting, standing: str) -> Tag | None:
    """What marks a record that not everybody of the reader's agreements agreed to."""
    if not meeting.is_held:
        return None
    return {
        Meeting.Standing.AWAITED: Tag("Not yet confirmed", "yellow"),
        Meeting.Standing.DISPUTED: Tag("Said to be not right", "yellow"),
    }.get(Meeting.Standing(standing))
