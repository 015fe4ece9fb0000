"""Series and meetings as rows of tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse

from agreements.core.parties import with_whom
from meetings.models import Meeting, Series
from meetings.presenters.words import cadence_words, standing_tag, state_tag, when
from meetings.queries.seen import Overview, agreements_seen, names_of_others
from nhsuk.components import Cell, Column, Tag
from nhsuk.dates import day
from nhsuk.words import plural
from parties.acting import Acting

SERIES_COLUMNS = [Column("Meetings"), Column("How often"), Column("Held and owed"), Column("Next")]
MEETING_COLUMNS = [Column("Meeting"), Column("State"), Column("Recorded by")]


def series_page(series: Series) -> str:
    return reverse("meetings:series", args=[series.key])


def meeting_page(meeting: Meeting) -> str:
    return reverse("meetings:meeting", args=[meeting.key])


def series_rows(overviews: Iterable[Overview], acting: Acting) -> list[list[Cell]]:
    return [_series_row(each, acting) for each in overviews]


def _series_row(overview: Overview, acting: Acting) -> list[Cell]:
    series = overview.series
    return [
        Cell(
            series.name,
            href=series_page(series),
            under=f"W{with_whom(names_of_others(series, acting))[1:]}, {_references(series)}",
        ),
        Cell(cadence_words(series)),
        Cell(standing_words(overview)),
        _next(overview),
    ]


def standing_words(overview: Overview) -> str:
    """ "One of two held this MoU year; one owed by 2 September 2014"."""
    if overview.standing:
        return overview.standing.sentence
    held = len(overview.held_on)
    if overview.series.ended_on:
        return f"Ended on {day(overview.series.ended_on)}. {plural(held, 'meeting')} held."
    return f"{plural(held, 'meeting')} held." if held else "None held yet."


def _next(overview: Overview) -> Cell:
    if overview.next:
        return Cell(when(overview.next), href=meeting_page(overview.next))
    if overview.to_record:
        meeting = overview.to_record[-1]
        tag = Tag("Not recorded yet", "orange")
        return Cell(day(meeting.day), href=meeting_page(meeting), tag=tag)
    return Cell("None scheduled")


def _references(series: Series) -> str:
    seen = [agreement.reference for agreement in agreements_seen(series)]
    more = len(seen) - 1
    return seen[0] + (f" and {plural(more, 'other')}" if more else "")


def meeting_rows(meetings: Sequence[Meeting], today: date) -> list[list[Cell]]:
    return [
        [
            Cell(when(each), href=meeting_page(each), tag=standing_tag(each), under=_under(each)),
            Cell(tag=state_tag(each, today)),
            Cell(str(each.recorded_for) if each.recorded_for else ""),
        ]
        for each in meetings
    ]


def _under(meeting: Meeting) -> str:
    return "Held elsewhere, recorded afterwards" if meeting.elsewhere else ""
