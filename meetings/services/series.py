"""Series of meetings: made, brought by an agreement that comes into force, changed, ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from agreements.core.parties import parties_of, require_role, version_of_terms
from agreements.core.texts import clause_bound_to
from agreements.models import Agreement, Party
from agreements.terms import MeetingSeries
from audit.services import record
from house import clock
from house.keys import key_of_form
from house.refusals import Refused
from meetings.models import Cadence, Series, SeriesAgreement
from meetings.queries.sides import serves_of
from meetings.rules.standing import owed_by
from meetings.rules.who import check_agreements, require_may_set_cadence, require_recorder
from meetings.services.due import keep_owed
from meetings.services.locking import lock_agreements_of, lock_series
from meetings.services.telling import tell_of_series
from meetings.services.together import check_as_often, go_on_apart, held_apart, serve
from nhsuk.words import in_sentence
from parties.acting import Acting
from parties.models import Body
from parties.who import RECORDERS

Purpose = Series.Purpose


def make_series(
    *,
    by: Acting,
    agreements: Iterable[Agreement],
    name: str,
    cadence: str,
    per_year: int | None = None,
    convener: Party | None = None,
    body: Body | None = None,
    standing: Sequence[str] = (),
    together: str = "",
    key: UUID | None = None,
) -> Series:
    """A series under one agreement, or of a group that serves several; the others are told (B14).

    `together` is the key of meetings that the terms of each of these agreements ask for: they are
    held here from now on. `key` is the number of the form: the same form sent twice makes one
    series. Raises Refused without an agreement, or for one that is not in force; NotYours where
    one is another's.
    """
    require_role(by, RECORDERS)
    with transaction.atomic():
        locked = lock_agreements_of((), agreements)
        if key and (known := Series.objects.filter(key=key, made_by=by.who).first()):
            return known
        check_agreements(by, locked)
        apart = held_apart(locked, together, owed_by(cadence, per_year))
        made = write_series(
            by=by, agreements=locked, apart=apart, purpose=Purpose.OTHER, name=name,
            cadence=cadence, per_year=per_year, convener=convener, body=body,
            standing=list(standing), cadence_since=clock.today(), **key_of_form(Series, key),
        )  # fmt: skip
        tell_of_series(made, "series_made", by=by, cadence=in_sentence(made.how_often))
    return made


def write_series(
    *,
    by: Acting,
    agreements: Sequence[Agreement],
    apart: Mapping[int, Series] | None = None,
    **fields: Any,
) -> Series:
    """The rows alone, with what is owed. Call it with the agreements' rows locked.

    `apart` are by agreement the series whose meetings are held in this one from now on.
    """
    starts = [agreement.runs_from or clock.today() for agreement in agreements]
    series = Series.objects.create(
        counts_from=min(starts), made_by=by.who, made_at=clock.now(), **fields
    )
    rows = serve(series, agreements, apart or {})
    references = [agreement.reference for agreement in agreements]
    record(by, "made a series of meetings", series, agreements=references)
    keep_owed(series, rows)
    return series


def came_into_force(agreement: Agreement, by: Acting) -> None:
    """Makes the series that the terms ask for (A18) and, where a clause asks, the locality's (A17).

    Call it in the transaction that puts the agreement in force, with its row locked. Again it
    changes nothing.
    """
    rows = SeriesAgreement.objects.filter(agreement=agreement)
    there = list(Series.objects.filter(pk__in=rows.values("series")))
    known = {series.term_key for series in there}
    for term in version_of_terms(agreement).typed_terms.meetings.series:
        if term.key not in known:
            _make(agreement, by, Purpose.WIDER, term.label, term=term.key, **cadence_of(term))
    clause = clause_bound_to(agreement, "locality_meetings")
    if clause and not any(series.is_locality for series in there):
        name, convener = str(Purpose.LOCALITY.label), _only_side(agreement, clause.owed_by)
        _make(agreement, by, Purpose.LOCALITY, name, cadence=Cadence.AS_REQUIRED, convener=convener)


def cadence_of(term: MeetingSeries) -> dict[str, Any]:
    """How often the room holds what the terms ask for."""
    if term.cadence in {Cadence.AS_REQUIRED, Cadence.MONTHLY, Cadence.QUARTERLY,
                        Cadence.TWICE_A_YEAR}:  # fmt: skip
        return {"cadence": Cadence(term.cadence)}
    return {"cadence": Cadence.PER_YEAR, "per_year": term.in_a_year}


def set_cadence(*, by: Acting, series: Series, cadence: str, per_year: int | None = None) -> bool:
    """Says how often a series meets from now on, and tells the others (A17).

    The CCG asks the locality manager for monthly meetings; the terms keep the wider meeting.
    Returns whether anything changed.
    """
    require_may_set_cadence(by, series)
    per_year = per_year if cadence == Cadence.PER_YEAR else None
    with transaction.atomic():
        current = lock_series(series)
        if (current.cadence, current.per_year) == (cadence, per_year):
            return False
        check_as_often(serves_of(current), owed_by(cadence, per_year))
        current.cadence, current.per_year = cadence, per_year
        current.cadence_since = clock.today()
        current.save()
        keep_owed(current)
        tell_of_series(current, "cadence_set", by=by, cadence=in_sentence(current.how_often))
    return True


def end_series(*, by: Acting, series: Series) -> None:
    """No more meetings are called in it; what was held stays. The others are told.

    Raises Refused for meetings that the MoU asks for, and while one is scheduled.
    """
    require_recorder(by, series)
    if series.purpose != Purpose.OTHER:
        raise Refused("The MoU asks for these meetings, so they end when it ends.")
    with transaction.atomic():
        current = lock_series(series)
        if current.ended_on:
            return
        if current.meetings.scheduled().exists():
            raise Refused("A meeting is scheduled. Cancel it first.")
        current.ended_on = clock.today()
        current.save(update_fields=["ended_on"])
        keep_owed(current)
        go_on_apart([row for row in serves_of(current) if row.serves_on(clock.today())])
        tell_of_series(current, "series_ended", by=by)


def _make(agreement: Agreement, by: Acting, purpose: Purpose, name: str, **fields: Any) -> None:
    write_series(
        by=by, agreements=[agreement], purpose=purpose, name=name, cadence_since=clock.today(),
        **fields,
    )  # fmt: skip


def _only_side(agreement: Agreement, slots: tuple[str, ...]) -> Party | None:
    """The one party that owes what the clause says; None where several do."""
    found = [party for party in parties_of(agreement) if party.slot in slots]
    return found[0] if len(found) == 1 else None
