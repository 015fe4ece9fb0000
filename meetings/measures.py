"""How many of the meetings that are owed were held, for a report (A17, A18, B14, B15).

A meeting is owed in a period: an MoU year, a quarter or a month counted from the start (record
0014). What was owed counts in the days in which its period ended, and is open while it runs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from agreements.core.measuring import fell_in, ran_on
from agreements.core.reached import subpage_url
from agreements.models import Agreement, read_parties
from deadlines.rules.periods import ONE_DAY, Period, period_of
from house.answers import Measure
from meetings.models import Series, SeriesAgreement
from meetings.queries.sides import served, serves_of
from meetings.queries.tally import Tally, tallied
from meetings.rules.standing import (
    Owed,
    Standing,
    in_words,
    owed_by,
    standing_on,
)
from nhsuk.words import capital, in_sentence

LABELS: Final = {
    Series.Purpose.LOCALITY.value: "Meetings with the locality manager",
    Series.Purpose.OTHER.value: "Other regular meetings",
}


def measures(agreements: Sequence[Agreement], since: date, until: date) -> dict[int, list[Measure]]:
    """Agreement id -> one for each series that serves it, owed by all parties together (five
    queries; one more where somebody has yet to confirm a record)."""
    read_parties(agreements)
    asked = {each.pk: each for each in agreements}
    series = Series.objects.filter(serves__agreement__in=asked).distinct().order_by("pk")
    rows = {
        each: [row for row in serves_of(each) if row.agreement_id in asked]
        for each in series.prefetch_related(served())
    }
    for row in (row for of_one in rows.values() for row in of_one):
        row.agreement = asked[row.agreement_id]
    found: dict[int, list[Measure]] = defaultdict(list)
    for tally in tallied(rows):
        for row in tally.serves:
            found[row.agreement_id] += _of(tally, row, since, until)
    return found


def _of(tally: Tally, row: SeriesAgreement, since: date, until: date) -> Iterator[Measure]:
    series, held_on = tally.series, [meeting.day for meeting in tally.held_for(row)]
    owed = owed_by(series.cadence, series.per_year)
    periods = list(_periods(series, row, owed, since, until)) if owed else []
    stood = [
        standing_on(each.last, owed=owed, start=series.counts_from, held_on=held_on)
        for each in periods
        if owed
    ]
    # So far: a meeting after these days is not held yet.
    so_far = [day for day in held_on if day <= until]
    over = [each for each in stood if each.period.last <= until]
    running = [
        standing_on(each.period.last, owed=each.owed, start=series.counts_from, held_on=so_far)
        for each in stood
        if each.period.last > until
    ]
    here = sum(fell_in(day, since, until) for day in held_on)
    if stood or here:
        yield Measure(
            _key(series, row), _label(series, row),
            met=sum(each.owed.number - each.missing for each in over),
            missed=sum(each.missing for each in over), open=sum(each.missing for each in running),
            url=subpage_url(row.agreement.reference, "meetings"), said=_said(here, running),
        )  # fmt: skip


def _periods(
    series: Series, row: SeriesAgreement, owed: Owed, since: date, until: date
) -> Iterator[Period]:
    """Those that ended in these days or run at their end, as far as meetings are owed in them: the
    cadence held, the series served the agreement on each day, and the agreement was in force."""
    day = max(since, series.counts_from)
    while day <= until:
        period = period_of(day, series.counts_from, owed.months)
        lasted = series.ended_on is None or series.ended_on > min(period.last, until)
        if (
            lasted
            and period.last >= series.cadence_since
            and row.serves_through(period.first, period.last)
            and ran_on(row.agreement, min(period.last, until))
        ):
            yield period
        day = period.last + ONE_DAY


def _stands_for(series: Series, row: SeriesAgreement) -> Series:
    """Itself, or what the terms ask for that is held in it together with others."""
    return row.instead_of or series


def _key(series: Series, row: SeriesAgreement) -> str:
    asked = _stands_for(series, row)
    return f"meetings.{asked.term_key or asked.purpose}"


def _label(series: Series, row: SeriesAgreement) -> str:
    asked = _stands_for(series, row)
    return f"{LABELS.get(asked.purpose, capital(asked.name))}: owed and held"


def _said(here: int, running: Sequence[Standing]) -> str:
    """How many were held in these days, and how what runs on stands at their end."""
    said = [f"{capital(_so_many(here))} held in these months."]
    said += [f"So far {in_sentence(each.past_sentence)}" for each in running]
    return " ".join(said)


def _so_many(number: int) -> str:
    """ "one was", "none were"."""
    return f"{in_words(number)} {'was' if number == 1 else 'were'}"
