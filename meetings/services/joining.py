"""Agreements join a series that serves several, and leave it, by date (record 0055)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from agreements.models import Agreement
from house import clock
from house.lifecycle import lock
from house.refusals import Refused
from meetings.models import Series, SeriesAgreement
from meetings.queries.sides import serves_of
from meetings.rules.standing import owed_by
from meetings.rules.who import (
    check_agreements,
    require_holds_all,
    require_party,
    require_recorder,
    require_running,
)
from meetings.services.due import keep_meeting, keep_owed
from meetings.services.locking import lock_agreements_of, lock_series
from meetings.services.telling import tell_of_series
from meetings.services.together import go_on_apart, held_apart, serve
from nhsuk.dates import day as written
from nhsuk.words import in_sentence
from parties.acting import Acting

NOT_BEFORE = "Choose today or a later day."


def join_series(
    *, by: Acting, series: Series, agreements: Collection[Agreement], starts_on: date
) -> list[SeriesAgreement]:
    """From a day on the series serves these agreements too; their parties are told.

    They read what is common from this day on, and owe what it owes from the first period that
    begins then. Those that it serves already stay as they are. Raises NotYours for an organisation
    that is not a party to every agreement of the series, Refused for a day that has passed.
    """
    require_recorder(by, series)
    with transaction.atomic():
        wanted = {each.pk for each in agreements}
        locked = lock_agreements_of([series], agreements)
        current = lock(series)
        require_running(current)
        require_holds_all(by, current)
        there = {row.agreement_id for row in serves_of(current) if row.ends_on is None}
        new = [each for each in locked if each.pk in wanted - there]
        if not new:
            return []
        check_agreements(by, new)
        _check_start(current, starts_on)
        apart = held_apart(new, _held_for(current), owed_by(current.cadence, current.per_year))
        rows = serve(current, new, apart, starts_on)
        _keep_dates(current)
        often = in_sentence(current.how_often)
        tell_of_series(current, "series_joined", by=by, under=new, cadence=often)
    return rows


def leave_series(*, by: Acting, row: SeriesAgreement, ends_on: date) -> bool:
    """After this day the series serves the agreement no more; its parties are told.

    They go on reading what was held for it. Raises Refused for a day that has passed, and for the
    last one: then the series is ended. Returns whether anything changed.
    """
    require_party(by, [row.agreement])
    require_recorder(by, row.series)
    with transaction.atomic():
        series = lock_series(row.series)
        rows = serves_of(series)
        current = next(each for each in rows if each.pk == row.pk)
        if current.ends_on:
            return False
        _check_end(current, rows, ends_on)
        current.ends_on = ends_on
        current.save(update_fields=["ends_on"])
        _keep_dates(series)
        go_on_apart([current])
        agreement = [current.agreement]
        tell_of_series(series, "series_left", by=by, under=agreement, on=ends_on.isoformat())
    return True


def _check_start(series: Series, starts_on: date) -> None:
    if starts_on < clock.today():
        raise Refused(NOT_BEFORE, field="starts_on")
    if _held_for(series) and starts_on != clock.today():
        raise Refused("These meetings are held for the MoUs: choose today.", field="starts_on")


def _check_end(row: SeriesAgreement, rows: Collection[SeriesAgreement], ends_on: date) -> None:
    first = max(clock.today(), row.starts_on or clock.today())
    if ends_on < first:
        raise Refused(f"Choose {written(first)} or a later day.", field="ends_on")
    if row.instead_of and ends_on != clock.today():
        raise Refused("The MoU asks for these meetings, so it holds its own again: choose today.",
                      field="ends_on")  # fmt: skip
    if not any(other.pk != row.pk and other.ends_on is None for other in rows):
        raise Refused("It is the last agreement of these meetings. End the series instead.")


def _held_for(series: Series) -> str:
    """The key of the meetings in the terms in whose place these are held; empty for others."""
    rows = (row.instead_of for row in serves_of(series) if row.instead_of)
    return next((own.term_key for own in rows), "")


def _keep_dates(series: Series) -> None:
    """Who is told of what is to come follows from which agreements it serves then."""
    keep_owed(series)
    for meeting in series.meetings.scheduled():
        meeting.series = series
        keep_meeting(meeting)
