"""The deadline of a disagreement: it has no date, it waits, and people are reminded (A24)."""

from __future__ import annotations

from agreements.core.texts import ClauseName, clauses_of
from agreements.models import Party, Version
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from escalations.models import Disagreement
from house import clock

BINDING = "escalation"


def clause_of_levels(version: Version) -> ClauseName | None:
    """The first clause of this version that is bound to the levels; None where there is none."""
    return next((each for each in clauses_of(version) if BINDING in each.bindings), None)


KIND = "escalation_waits"
AFTER_DAYS = (7, 14, 21, 28)
WORKING = "We remind people 7, 14, 21 and 28 days after the last move."


def wait(disagreement: Disagreement, parties: list[Party]) -> None:
    """Waits from now on: every move arms the reminders again."""
    clause = clause_of_levels(disagreement.version)
    set_deadline(
        kind=KIND,
        subject_key=subject_key(disagreement),
        since=clock.now(),
        schedule=[f"since:+{days}" for days in AFTER_DAYS],
        # Who acts is found when it is asked: posts change hands while it waits.
        holders=[For(party.organisation) for party in parties],
        references=[disagreement.agreement.reference],
        clause_key=clause.key if clause else "",
        working=WORKING,
    )


def settled(disagreement: Disagreement) -> None:
    meet_deadline(kind=KIND, subject_key=subject_key(disagreement))


def withdrawn(disagreement: Disagreement) -> None:
    cancel_deadline(kind=KIND, subject_key=subject_key(disagreement))


def subject_key(disagreement: Disagreement) -> str:
    return f"escalation:{disagreement.pk}"
