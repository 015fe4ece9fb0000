"""The parties that meet in a series, with the organisations that hold them, and its clause.

A page reads them once with its series (`meetings.queries.seen`); a service reads them anew. Whose
meeting it is follows from its day: agreements join a series and leave it (record 0055).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Prefetch

from agreements.core.due import asked_by
from agreements.core.sides import other_sides
from agreements.core.texts import clause_bound_to
from agreements.models import Agreement, Party, read_parties
from deadlines.models import Deadline
from house import clock
from meetings.models import Meeting, Series, SeriesAgreement
from parties.models import Organisation

KEEPS = {Series.Purpose.WIDER: "meetings", Series.Purpose.LOCALITY: "locality_meetings"}


def serves_of(series: Series) -> list[SeriesAgreement]:
    """What it serves, served and will serve, by reference (one query; none where it is at hand)."""
    if "serves" in getattr(series, "_prefetched_objects_cache", {}):
        rows = list(series.serves.all())
    else:
        rows = list(series.serves.select_related("agreement__in_force_version", "instead_of"))
    return sorted(rows, key=lambda row: (row.agreement.reference, row.pk))


def agreements_of(series: Series, on: date | None = None) -> list[Agreement]:
    """The agreements that it serves on a day, today without one, by reference."""
    day = on or clock.today()
    return [row.agreement for row in serves_of(series) if row.serves_on(day)]


def agreements_at(meeting: Meeting) -> list[Agreement]:
    """The agreements for which the meeting was or will be held."""
    return agreements_of(meeting.series, meeting.day)


def served(serves: str = "serves") -> Prefetch[str]:
    """For a query: the agreements of its series too, as e-mails name them (one query).

    `serves` is the way to them from the rows.
    """
    rows = SeriesAgreement.objects.select_related("agreement__in_force_version", "instead_of")
    return Prefetch(serves, rows)


def parties_in(series: Series, on: date | None = None) -> list[Party]:
    """Every side of its agreements, in order (three queries; none where they are read already)."""
    return parties_under(agreements_of(series, on))


def parties_at(meeting: Meeting) -> list[Party]:
    """Every side of the agreements for which the meeting was or will be held."""
    return parties_under(agreements_at(meeting))


def read_parties_in(found: Iterable[Series]) -> list[Party]:
    """Keeps the parties of many series at hand (one query), and gives them."""
    return parties_under([row.agreement for series in found for row in serves_of(series)])


def organisations_in(series: Series, on: date | None = None) -> list[Organisation]:
    """Who meets there, each once."""
    return organisations_of(agreements_of(series, on))


def organisations_of(agreements: Sequence[Agreement]) -> list[Organisation]:
    """Who holds a side of one of these agreements, each once."""
    return list({p.organisation.pk: p.organisation for p in parties_under(agreements)}.values())


def other_organisations(series: Series, organisation_id: int | None) -> list[Organisation]:
    return [each for each in organisations_in(series) if each.pk != organisation_id]


def agreements_with(
    agreements: Iterable[Agreement], organisation_id: int | None
) -> list[Agreement]:
    """Those of these to which the organisation is a party today."""
    asked = list(agreements)
    read_parties(asked)
    return [a for a in asked if organisation_id in {p.organisation.pk for p in a.sides}]


def who_confirm(
    agreements: Sequence[Agreement], recorded_for_id: int | None, said: Collection[int] = ()
) -> list[Organisation]:
    """Whose word is awaited on what this organisation recorded of a meeting for these agreements,
    each once: those on another side of each agreement, until one of them has said its word."""
    read_parties(agreements)
    sides = [other_sides(agreement, recorded_for_id) for agreement in agreements]
    waiting = (side for side in sides if all(p.held_by.isdisjoint(said) for p in side))
    return list({p.organisation.pk: p.organisation for side in waiting for p in side}.values())


def convener_of(series: Series) -> Party | None:
    """The one party that calls the meetings, if there is one."""
    return next((p for p in parties_in(series) if p.pk == series.convener_id), None)


def clause_key_of(series: Series, serves: Sequence[SeriesAgreement] = ()) -> str:
    """The clause of the texts that ask for these meetings; empty where none does.

    `serves` are what it serves where they are at hand.
    """
    for row in serves or serves_of(series):
        binding = KEEPS.get(Series.Purpose((row.instead_of or series).purpose))
        clause = clause_bound_to(row.agreement, binding) if binding else None
        return clause.key if clause else ""
    return ""


def clause_asking(deadline: Deadline, parties: Sequence[Party]) -> tuple[str, ...]:
    """For an e-mail to one of these parties: "Clause 7.2, The wider meeting, of the MoU asks for
    this."; or nothing."""
    return asked_by(deadline, parties[0].agreement)


def parties_under(agreements: Sequence[Agreement]) -> list[Party]:
    """Every side of these agreements, in order."""
    read_parties(agreements)
    return [party for agreement in agreements for party in agreement.sides]
