"""The series of an agreement whose text was replaced by one that asks for other meetings (E09)."""

from __future__ import annotations

from datetime import date

from agreements.core.parties import version_of_terms
from agreements.core.texts import clause_bound_to
from agreements.models import Agreement, Version
from agreements.terms import MeetingSeries
from house import clock
from meetings.models import Cadence, Series, SeriesAgreement
from meetings.models.series import SeriesQuerySet
from meetings.services.counting import cancel_owed
from meetings.services.due import keep_owed
from meetings.services.locking import lock_series
from meetings.services.series import cadence_of, came_into_force
from parties.acting import Acting

Purpose = Series.Purpose


def lock_asked_for(agreement: Agreement) -> None:
    """The series that its texts ask for, or asked for, which serve this agreement alone."""
    list(_asked_for(agreement).select_for_update(no_key=True))


def _asked_for(agreement: Agreement) -> SeriesQuerySet:
    rows = SeriesAgreement.objects.filter(agreement=agreement)
    found = Series.objects.filter(pk__in=rows.values("series"))
    return found.exclude(purpose=Purpose.OTHER).order_by("pk")


def follow_new_text(agreement: Agreement, before: Version, by: Acting) -> None:
    """Makes the series that the new terms ask for, and has those that they ask for otherwise owe
    as often from today; what was owed until now stays. Of an MoU that has no effect yet they are
    counted from its new first day. One that they ask for no more ends, or goes
    on as another meeting of the parties while one is scheduled; once they ask for it again it goes
    on. The agreement is locked.
    """
    old, new = before.typed_terms.meetings, version_of_terms(agreement).typed_terms.meetings
    for each in _asked_for(agreement):
        _count_from(each, agreement.runs_from)
        if each.is_locality:
            _follow_clause(each, asked=clause_bound_to(agreement, "locality_meetings") is not None)
        else:
            _follow_term(each, old.called(each.term_key), new.called(each.term_key))
    came_into_force(agreement, by)


def _count_from(series: Series, first: date | None) -> None:
    if first and series.counts_from > clock.today() and series.counts_from != first:
        current = lock_series(series)
        current.counts_from = first
        current.save()
        cancel_owed(current)
        keep_owed(current)


def _follow_term(series: Series, was: MeetingSeries | None, now: MeetingSeries | None) -> None:
    if was == now:
        return
    current, elsewhere = lock_series(series), series.held_in.filter(ends_on=None).exists()
    if now is None:
        _asked_for_no_more(current)
    else:
        current.name = now.label
        if was is None or cadence_of(was) != cadence_of(now):
            _owe_as_often(current, now)
        if was is None and not elsewhere:
            current.ended_on = None
    current.save()
    keep_owed(current)


def _follow_clause(series: Series, *, asked: bool) -> None:
    """The locality's meetings: a clause asks for them, or does so no more."""
    if asked == (series.ended_on is None):
        return
    current = lock_series(series)
    if asked:
        current.ended_on = None
    else:
        _asked_for_no_more(current)
    current.save()
    keep_owed(current)


def _owe_as_often(series: Series, term: MeetingSeries) -> None:
    said = cadence_of(term)
    series.cadence, series.per_year = said["cadence"], said.get("per_year")
    series.cadence_since = clock.today()


def _asked_for_no_more(series: Series) -> None:
    """Meetings held together with others' go on there: once by itself, no text asks for them."""
    if series.ended_on or series.meetings.scheduled().exists():
        series.purpose, series.cadence, series.per_year = Purpose.OTHER, Cadence.AS_REQUIRED, None
    else:
        series.ended_on = clock.today()
