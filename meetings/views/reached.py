"""How a page gets at the series or meeting of a request: through the wall, or not at all."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.core.telling import told_parties
from meetings.models import Meeting, Series
from meetings.presenters.words import meeting_page, series_page, title_of, when
from meetings.queries.seen import series_seen_by
from meetings.queries.sides import parties_in
from parties.acting import Acting, acting_of
from web.way import About, Steps


def series_of(request: HttpRequest, key: UUID) -> Series:
    """The series with this key. Raises Http404 for one that is not theirs to see."""
    return get_object_or_404(series_seen_by(acting_of(request)), key=key)


def meeting_of(request: HttpRequest, key: UUID) -> Meeting:
    """The meeting with this key. Raises Http404 for one that is not theirs to see."""
    acting = acting_of(request)
    seen = Meeting.objects.visible_to(acting).select_related(
        "called_by__person", "called_for", "recorded_by__person", "recorded_for"
    )
    with_series = seen.prefetch_related(Prefetch("series", series_seen_by(acting)))
    found = get_object_or_404(with_series, key=key)
    prefetch_related_objects(
        [each for each in (found.called_for, found.recorded_for) if each], "names"
    )
    return found


def way() -> Steps:
    return [("Home", reverse("home")), ("Meetings", reverse("meetings:list"))]


def way_to_series(series: Series) -> Steps:
    return [*way(), (series.name, series_page(series))]


def about_series(series: Series) -> About:
    return {"caption": series.name, "way": way_to_series(series), "to": series_page(series)}


def about_meeting(meeting: Meeting) -> About:
    page = meeting_page(meeting)
    way = [*way_to_series(meeting.series), (when(meeting), page)]
    return {"caption": title_of(meeting), "way": way, "to": page}


def told_others(series: Series, by: Acting) -> str:
    """Whose MoU managers an action told, for its banner."""
    return told_parties(parties_in(series), by)
