"""Meetings that the terms of several agreements ask for, held together in one series (B14).

What an agreement asked for by itself stands still meanwhile: the series that serves them all stands
in its place, and what is held there counts under each of them (record 0055).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from agreements.models import Agreement
from house import clock
from house.lifecycle import lock
from house.refusals import Refused
from meetings.models import Meeting, Series, SeriesAgreement
from meetings.queries.alike import running_of_terms
from meetings.rules.standing import Owed, owed_by
from meetings.services.due import keep_owed


def held_apart(agreements: Sequence[Agreement], key: str, owed: Owed | None) -> dict[int, Series]:
    """By agreement its own series of these meetings in the terms; empty without a key.

    Raises Refused where an agreement asks for no such meetings or for more of them, and where one
    of its own is scheduled.
    """
    if not key:
        return {}
    found = running_of_terms(agreements, key)
    for agreement in agreements:
        if agreement.pk not in found:
            raise Refused(
                f"{agreement.reference} does not ask for these meetings, or holds them together "
                "with others already.",
                field="together",
            )
        _check_as_often(agreement, found[agreement.pk], owed)
    waiting = Meeting.objects.scheduled().filter(series__in=[each.pk for each in found.values()])
    if first := waiting.select_related("series").order_by("day", "pk").first():
        agreement = next(a for a in agreements if found[a.pk].pk == first.series_id)
        raise Refused(
            f"{agreement.reference} has a meeting of its own scheduled. Cancel it first.",
            field="together",
        )
    return found


def check_as_often(rows: Iterable[SeriesAgreement], owed: Owed | None) -> None:
    """Raises Refused where an agreement that is served asks for more of what is held here."""
    for row in rows:
        if row.instead_of and row.ends_on is None:
            _check_as_often(row.agreement, row.instead_of, owed)


def _check_as_often(agreement: Agreement, own: Series, owed: Owed | None) -> None:
    asked = owed_by(own.cadence, own.per_year)
    if asked and (owed is None or owed.in_a_year < asked.in_a_year):
        raise Refused(
            f"{agreement.reference} asks for these meetings more often: {own.how_often.lower()}.",
            field="cadence",
        )


def serve(
    series: Series,
    agreements: Iterable[Agreement],
    apart: Mapping[int, Series],
    starts_on: date | None = None,
) -> list[SeriesAgreement]:
    """The series serves these from a day on, or from its beginning; what they held apart ends."""
    rows = [
        SeriesAgreement(
            series=series, agreement=each, starts_on=starts_on, instead_of=apart.get(each.pk)
        )
        for each in agreements
    ]
    for own in sorted(apart.values(), key=lambda each: each.pk):
        current = lock(own)
        current.ended_on = clock.today()
        current.save(update_fields=["ended_on"])
        keep_owed(current)
    return SeriesAgreement.objects.bulk_create(rows)


def go_on_apart(rows: Iterable[SeriesAgreement]) -> None:
    """The agreements hold by themselves again what their terms ask for."""
    found = [row.instead_of for row in rows if row.instead_of]
    for own in sorted(found, key=lambda each: each.pk):
        current = lock(own)
        current.ended_on, current.cadence_since = None, clock.today()
        current.save(update_fields=["ended_on", "cadence_since"])
        keep_owed(current)
