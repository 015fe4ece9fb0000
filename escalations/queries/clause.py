"""The clause of an agreement that asks for its levels."""

from __future__ import annotations

from agreements.core.texts import ClauseName, clauses_of
from agreements.models import Version

BINDING = "escalation"


def clause_of_levels(version: Version) -> ClauseName | None:
    """The first clause of this version that is bound to the levels; None where there is none."""
    return next((each for each in clauses_of(version) if BINDING in each.bindings), None)
