"""What an agreement that comes into force brings with it: the meetings that its text asks for."""

from __future__ import annotations

from typing import Any

from agreements.core.parties import parties_of
from agreements.core.texts import clause_bound_to
from agreements.models import Agreement, Party
from house import clock
from meetings.models import Cadence, Series
from meetings.services.series import write_series
from parties.acting import Acting

WIDER, LOCALITY = Series.Purpose.WIDER, Series.Purpose.LOCALITY
LOCALITY_MEETINGS = "locality_meetings"


def came_into_force(agreement: Agreement, by: Acting) -> None:
    """Makes the series of the wider meeting (A18) and, where a clause asks, the locality's (A17).

    Call it in the transaction that puts the agreement in force, with its row locked. Again it
    changes nothing.
    """
    there = Series.objects.filter(serves__agreement=agreement).values_list("purpose", flat=True)
    known, per_year = set(there), _terms(agreement).meetings.per_year
    if per_year and WIDER not in known:
        _make(agreement, by, WIDER, **cadence_of(per_year))
    clause = clause_bound_to(agreement, LOCALITY_MEETINGS)
    if clause and LOCALITY not in known:
        convener = _only_side(agreement, clause.owed_by)
        _make(agreement, by, LOCALITY, cadence=Cadence.AS_REQUIRED, convener=convener)


def cadence_of(per_year: int) -> dict[str, Any]:
    """The cadence for so many meetings in each MoU year."""
    if per_year == 2:
        return {"cadence": Cadence.TWICE_A_YEAR}
    return {"cadence": Cadence.PER_YEAR, "per_year": per_year}


def _make(agreement: Agreement, by: Acting, purpose: Series.Purpose, **fields: Any) -> None:
    write_series(
        by=by, agreements=[agreement], purpose=purpose, name=str(purpose.label),
        cadence_since=clock.today(), **fields,
    )  # fmt: skip


def _only_side(agreement: Agreement, slots: tuple[str, ...]) -> Party | None:
    """The one party that owes what the clause says; None where several do."""
    found = [party for party in parties_of(agreement) if party.slot in slots]
    return found[0] if len(found) == 1 else None


def _terms(agreement: Agreement) -> Any:
    version = agreement.in_force_version
    assert version  # noqa: S101 - it has come into force
    return version.typed_terms
