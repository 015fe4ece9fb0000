"""The parties that meet in a series, with the organisations that hold them, and its clause.

A page reads them once with its series (`meetings.queries.seen`); a service reads them anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Prefetch

from agreements.core.due import asked_by
from agreements.core.sides import other_sides
from agreements.core.texts import ClauseName, clause_bound_to
from agreements.models import Agreement, Party, read_parties
from deadlines.models import Deadline
from meetings.models import Series, SeriesAgreement
from parties.models import Organisation

KEEPS = {Series.Purpose.WIDER: "meetings", Series.Purpose.LOCALITY: "locality_meetings"}


def agreements_of(series: Series) -> list[Agreement]:
    """The agreements that it serves, in order of reference, as their rows are locked."""
    found = Agreement.objects.filter(series__series=series).select_related("in_force_version")
    return list(found.order_by("reference"))


def served(serves: str = "serves") -> Prefetch[str]:
    """For a query: the agreements of its series too, as e-mails name them (one query).

    `serves` is the way to them from the rows.
    """
    rows = SeriesAgreement.objects.select_related("agreement__in_force_version")
    return Prefetch(serves, rows)


def parties_in(series: Series) -> list[Party]:
    """Every side of its agreements, in order (three queries; none where they are read already)."""
    return _parties(_at_hand(series) or agreements_of(series))


def read_parties_in(found: Iterable[Series]) -> list[Party]:
    """Keeps the parties of many series at hand (one query), and gives them."""
    return _parties([agreement for series in found for agreement in _at_hand(series)])


def organisations_in(series: Series) -> list[Organisation]:
    """Who meets there, each once."""
    return organisations_of(_at_hand(series) or agreements_of(series))


def organisations_of(agreements: Sequence[Agreement]) -> list[Organisation]:
    """Who holds a side of one of these agreements, each once."""
    return list({p.organisation.pk: p.organisation for p in _parties(agreements)}.values())


def other_organisations(series: Series, organisation_id: int | None) -> list[Organisation]:
    return [each for each in organisations_in(series) if each.pk != organisation_id]


def who_confirm(
    series: Series, recorded_for_id: int | None, said_yes: Collection[int] = ()
) -> list[Organisation]:
    """Whose word is awaited on what this organisation recorded, each once: those on another side of
    each agreement that the series serves, until one of them said yes."""
    agreements = _at_hand(series) or agreements_of(series)
    read_parties(agreements)
    sides = [other_sides(agreement, recorded_for_id) for agreement in agreements]
    waiting = (side for side in sides if not {p.organisation.pk for p in side} & set(said_yes))
    return list({p.organisation.pk: p.organisation for side in waiting for p in side}.values())


def convener_of(series: Series) -> Party | None:
    """The one party that calls the meetings, if there is one."""
    return next((p for p in parties_in(series) if p.pk == series.convener_id), None)


def clause_of(series: Series, serves: Sequence[Agreement] = ()) -> ClauseName | None:
    """None for meetings that no text asks for; those of a group are such."""
    binding = KEEPS.get(Series.Purpose(series.purpose))
    return clause_bound_to((serves or agreements_of(series))[0], binding) if binding else None


def clause_key_of(series: Series, serves: Sequence[Agreement] = ()) -> str:
    """`serves` are its agreements where they are at hand."""
    clause = clause_of(series, serves)
    return clause.key if clause else ""


def clause_asking(deadline: Deadline, series: Series) -> tuple[str, ...]:
    """For an e-mail: "Clause 7.2, The wider meeting, of the MoU asks for this."; or nothing."""
    return asked_by(deadline, (_at_hand(series) or agreements_of(series))[0])


def _parties(agreements: Sequence[Agreement]) -> list[Party]:
    read_parties(agreements)
    return [party for agreement in agreements for party in agreement.sides]


def _at_hand(series: Series) -> list[Agreement]:
    """Its agreements as the query that read the series read them; else none."""
    if "serves" not in getattr(series, "_prefetched_objects_cache", {}):
        return []
    rows = sorted(series.serves.all(), key=lambda row: row.agreement.reference)
    return [row.agreement for row in rows]
