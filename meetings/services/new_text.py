"""The series of an agreement whose text was replaced by one that asks for other meetings (E09)."""

from __future__ import annotations

from agreements.core.parties import version_of_terms
from agreements.models import Agreement, Version
from agreements.terms import MeetingSeries
from house import clock
from meetings.models import Cadence, Series, SeriesAgreement
from meetings.services.due import keep_owed
from meetings.services.locking import lock_series
from meetings.services.series import cadence_of, came_into_force
from parties.acting import Acting

Purpose = Series.Purpose


def follow_new_text(agreement: Agreement, before: Version, by: Acting) -> None:
    """Makes the series that the new terms ask for, and has those that they ask for otherwise owe
    as often from today; what was owed until now stays. One that they ask for no more ends, or goes
    on as another meeting of the parties while one is scheduled. The agreement is locked.
    """
    old, new = before.typed_terms.meetings, version_of_terms(agreement).typed_terms.meetings
    rows = SeriesAgreement.objects.filter(agreement=agreement)
    wider = Series.objects.running().filter(pk__in=rows.values("series"), purpose=Purpose.WIDER)
    for each in wider.order_by("pk"):
        was, now = old.called(each.term_key), new.called(each.term_key)
        if was == now:
            continue
        current = lock_series(each)
        if now is None:
            _asked_for_no_more(current)
        else:
            current.name = now.label
            if was is None or cadence_of(was) != cadence_of(now):
                _owe_as_often(current, now)
        current.save()
        keep_owed(current)
    came_into_force(agreement, by)


def _owe_as_often(series: Series, term: MeetingSeries) -> None:
    said = cadence_of(term)
    series.cadence, series.per_year = said["cadence"], said.get("per_year")
    series.cadence_since = clock.today()


def _asked_for_no_more(series: Series) -> None:
    if series.meetings.scheduled().exists():
        series.purpose, series.cadence, series.per_year = Purpose.OTHER, Cadence.AS_REQUIRED, None
    else:
        series.ended_on = clock.today()
