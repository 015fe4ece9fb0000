"""The clause that asks for the meetings of a series."""

from __future__ import annotations

from collections.abc import Sequence

from agreements.core.texts import ClauseName, clause_bound_to
from agreements.models import Agreement
from meetings.models import Series
from meetings.queries.sides import agreements_of

KEEPS = {Series.Purpose.WIDER: "meetings", Series.Purpose.LOCALITY: "locality_meetings"}


def clause_of(series: Series, serves: Sequence[Agreement] = ()) -> ClauseName | None:
    """None for meetings that no text asks for; those of a group are such."""
    binding = KEEPS.get(Series.Purpose(series.purpose))
    return clause_bound_to((serves or agreements_of(series))[0], binding) if binding else None


def clause_key_of(series: Series, serves: Sequence[Agreement] = ()) -> str:
    """`serves` are its agreements where they are at hand."""
    clause = clause_of(series, serves)
    return clause.key if clause else ""


def says_so(series: Series) -> tuple[str, ...]:
    """For an e-mail: "Clause 7.2, The wider meeting, of the MoU asks for this."; or nothing."""
    clause = clause_of(series)
    return (clause.says_so,) if clause else ()
