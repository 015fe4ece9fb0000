"""The meetings of an agreement, on its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from agreements.models import Agreement
from house.room import Section
from meetings.models import Meeting
from meetings.presenters.lists import meeting_page, series_page, standing_words
from meetings.presenters.words import when
from meetings.queries.seen import Overview
from nhsuk.components import Action, Link
from nhsuk.words import plural
from parties.acting import Acting

ORDER = {"wider": 0, "locality": 1, "other": 2}


def section_of(
    agreement: Agreement, overviews: Sequence[Overview], acting: Acting, *, may_record: bool
) -> Section:
    """How each of its series stands, with the ways to call or record a meeting."""
    in_order = sorted(overviews, key=lambda each: (ORDER[each.series.purpose], each.series.pk))
    first = in_order[0] if in_order and may_record else None
    return Section(
        anchor="meetings",
        heading="Meetings",
        position=30,
        template="meetings/section.jinja",
        context={
            "series": [_row(each, may_record, is_first=each is first) for each in in_order],
            "add": _add(agreement) if may_record else "",
        },
        note=_note(overviews),
        action=Action("Schedule a meeting", _url("schedule", first)) if first else None,
    )


def _row(overview: Overview, may_record: bool, *, is_first: bool) -> dict[str, Any]:
    """`is_first` has its way to a new meeting in the section's heading already."""
    series, to_record = overview.series, overview.to_record
    return {
        "name": series.name,
        "href": series_page(series),
        "standing": standing_words(overview),
        "next": _link(overview.next) if overview.next else None,
        "to_record": _link(to_record[-1]) if to_record else None,
        "elsewhere": _url("elsewhere", overview) if may_record else "",
        "schedule": _url("schedule", overview) if may_record and not is_first else "",
    }


def _note(overviews: Sequence[Overview]) -> str:
    """What stands beside the heading in the page's contents."""
    to_record = sum(len(each.to_record) for each in overviews)
    if to_record:
        return f"{to_record} not recorded"
    owed = sum(each.standing.missing for each in overviews if each.standing)
    return plural(owed, "owed", "owed") if owed else ""


def _link(meeting: Meeting) -> Link:
    return Link(when(meeting), meeting_page(meeting))


def _add(agreement: Agreement) -> str:
    return f"{reverse('meetings:new_series')}?agreement={agreement.reference}"


def _url(page: str, overview: Overview) -> str:
    return reverse(f"meetings:{page}", args=[overview.series.key])
