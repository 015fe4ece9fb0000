"""The answers to "are the meetings kept?" (A17, A18), each with the records that show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from house.room import Evidence, Keeping
from meetings.models import Meeting, Series
from meetings.presenters.lists import meeting_page, standing_words
from meetings.queries.seen import Overview
from meetings.rules.standing import Standing
from nhsuk.dates import day

MOST = 3
PURPOSES = {
    "meetings": Series.Purpose.WIDER,
    "locality_meetings": Series.Purpose.LOCALITY,
}
NOTHING_YET = Keeping("nothing_yet", "No meeting of this kind is recorded yet.")


def keepings_of(overviews: Sequence[Overview]) -> dict[str, Keeping]:
    """What the clauses of one agreement can be bound to here; `overviews` are of its series."""
    return {key: _of_purpose(overviews, purpose) for key, purpose in PURPOSES.items()}


def _of_purpose(overviews: Iterable[Overview], purpose: str) -> Keeping:
    found = [each for each in overviews if each.series.purpose == purpose]
    return _of(found[0]) if found else NOTHING_YET


def _of(overview: Overview) -> Keeping:
    standing, previous = overview.standing, overview.previous
    if standing is None:
        return _as_required(overview)
    if not standing.missing:
        counted = _in(overview, standing)
        return Keeping("kept", standing_words(overview), _evidence(counted))
    if previous and previous.missing:
        sentence = f"{previous.past_sentence} {standing.sentence}"
        return Keeping("missed", sentence, _evidence(_in(overview, previous)))
    return Keeping("due", standing.sentence, _evidence(_in(overview, standing)))


def _as_required(overview: Overview) -> Keeping:
    """Held as required: kept as soon as one is on record."""
    held = _counted(overview)
    if not held:
        return NOTHING_YET
    sentence = f"{standing_words(overview)} The last was on {day(held[0].day)}."
    return Keeping("kept", sentence, _evidence(held))


def _counted(overview: Overview) -> list[Meeting]:
    """The meetings that count, the newest first."""
    return [m for m in overview.held if m.standing != Meeting.Standing.DISPUTED]


def _in(overview: Overview, standing: Standing) -> list[Meeting]:
    return [meeting for meeting in _counted(overview) if meeting.day in standing.period]


def _evidence(meetings: Sequence[Meeting]) -> tuple[Evidence, ...]:
    return tuple(Evidence(day(each.day), meeting_page(each)) for each in meetings[:MOST])
