"""How a page gets at the series or meeting of a request: through the wall, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.core.reached import not_disposed
from agreements.core.recipients import managers_by_party
from agreements.core.telling import told_parties
from agreements.models import Agreement, Party
from meetings.models import Meeting, Series, SeriesAgreement
from meetings.presenters.words import meeting_page, series_page, title_of, when
from meetings.queries.seen import series_seen_by
from meetings.queries.sides import (
    agreements_at,
    agreements_of,
    agreements_with,
    parties_under,
)
from parties.acting import Acting, acting_of
from web.way import About, Steps

# More names make no sentence.
MOST_NAMED = 12


def series_of(request: HttpRequest, key: UUID) -> Series:
    """The series with this key. Raises Http404 for one that is not theirs to see."""
    return _readable(get_object_or_404(series_seen_by(acting_of(request)), key=key))


def _readable(series: Series) -> Series:
    """Raises DisposedOf where nothing is left that it served, as far as the reader knows."""
    served: list[SeriesAgreement] = series.seen  # type: ignore[attr-defined]
    if served and all(row.agreement.is_disposed for row in served):
        not_disposed(served[0].agreement)
    return series


def meeting_of(request: HttpRequest, key: UUID) -> Meeting:
    """The meeting with this key. Raises Http404 for one that is not theirs to see."""
    acting = acting_of(request)
    seen = Meeting.objects.visible_to(acting).select_related(
        "called_by__person", "called_for", "recorded_by__person", "recorded_for"
    )
    with_series = seen.prefetch_related(Prefetch("series", series_seen_by(acting)))
    found = get_object_or_404(with_series, key=key)
    _readable(found.series)
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
    """Whom an action told, for its banner: of several agreements those of others by number."""
    every = agreements_of(series)
    if len(agreements_with(every, by.organisation_id)) == len(every):
        return _told(parties_under(every), by)
    return _counted(parties_under(every), by)


def told_own(meeting: Meeting, by: Acting) -> str:
    """The same of what only the parties of one's own agreements are told."""
    return told_under(agreements_with(agreements_at(meeting), by.organisation_id), by)


def told_under(agreements: Sequence[Agreement], by: Acting) -> str:
    return _told(parties_under(agreements), by)


def _told(parties: Sequence[Party], by: Acting) -> str:
    """By name while a banner can hold the names."""
    others = {p.organisation.pk for p in parties if p.organisation.pk != by.organisation_id}
    return _counted(parties, by) if len(others) > MOST_NAMED else told_parties(parties, by)


def _counted(parties: Sequence[Party], by: Acting) -> str:
    """How many of the other organisations have somebody whom we could tell."""
    others = [party for party in parties if party.organisation.pk != by.organisation_id]
    managers = managers_by_party(others)
    told = {party.organisation.pk for party in others if managers[party.pk]}
    number = len({party.organisation.pk for party in others})
    said = f"the {number}" if len(told) == number else f"{len(told)} of the {number}"
    return f"We told {said} other organisations that meet there."
