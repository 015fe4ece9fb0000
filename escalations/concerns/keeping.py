"""Is what a clause says of practices' performance kept? Who reads no concern learns nothing.

The answer of every other reader is the same whether there are concerns or none (record 0078). A
named reader's rests on what they read: it is decided, with a reason, whether another party is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from agreements.core.parties import versions_in_force
from agreements.core.texts import clauses_of, read_clauses
from agreements.models import Agreement, Version
from escalations.concerns import queries
from escalations.concerns.presenters.words import heading, page_of, tag_of
from escalations.models import PracticeConcern
from house.answers import Evidence, Keeping
from house.asked_together import Asking
from nhsuk.dates import day
from nhsuk.words import plural
from parties.acting import Acting

KEY: Final = "practice_concern"
# What everybody reads who reads no concern of the agreement.
NEUTRAL: Final = Keeping(
    "nothing_yet",
    "Concerns about practices are recorded here. Only people who are named for one read it.",
)
SHOWN: Final = 20


def asking(
    agreements: Sequence[Agreement], acting: Acting
) -> Asking[Mapping[int, Mapping[str, Keeping]]]:
    """Agreement id -> the answer, for those in force (one query beside the clauses; none where no
    clause asks)."""
    versions = versions_in_force(agreements)
    read_clauses(version.pk for version in versions)
    [rows] = yield [queries.rows_under([v.agreement_id for v in versions if _asks(v)], acting)]
    found = queries.grouped(rows)
    return {
        each.agreement_id: {KEY: _keeping(found.get(each.agreement_id, ()))} for each in versions
    }


def _asks(version: Version) -> bool:
    return any(KEY in clause.bindings for clause in clauses_of(version))


def _keeping(concerns: Sequence[PracticeConcern]) -> Keeping:
    if not concerns:
        return NEUTRAL
    undecided = [each for each in concerns if each.state == PracticeConcern.State.OPEN]
    if undecided:
        are = plural(len(undecided), "concern that you read is", "concerns that you read are")
        return Keeping("due", f"{are} not decided yet.", _evidence(undecided))
    are = plural(len(concerns), "concern that you read", "concerns that you read")
    each = "each " if len(concerns) > 1 else ""
    return Keeping("kept", f"{are}, {each}with a decision and its reason.", _evidence(concerns))


def _evidence(concerns: Sequence[PracticeConcern]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            f"{heading(each)}, {day(each.opened_at)}: {tag_of(each).text.lower()}", page_of(each)
        )
        for each in concerns[:SHOWN]
    )
