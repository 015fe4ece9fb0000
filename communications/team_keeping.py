"""Was the communications team heard before each press release (D18)?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from agreements.core.texts import clauses_bound_to
from agreements.models import Agreement
from communications.models import Announcement, ConcernedAgreement
from house.answers import Evidence, Keeping
from nhsuk.words import plural

TEAM: Final = "communications_team"
CALLED: Final = "the word of the communications team before press releases"


def owing(agreement: Agreement, rows: Sequence[ConcernedAgreement]) -> list[ConcernedAgreement]:
    """The press releases of those who owe it by the clause; of all where no clause names a side."""
    press = [row for row in rows if row.announcement.kind == Announcement.Kind.PRESS_RELEASE]
    if not press:
        return []
    slots = {slot for clause in clauses_bound_to(agreement, [TEAM]) for slot in clause.owed_by}
    sides = [party for party in agreement.sides if not slots or party.slot in slots]
    owners = {pk for party in sides for pk in party.held_by}
    return [row for row in press if row.announcement.owner_id in owners]


def answer(
    released: Sequence[ConcernedAgreement], evidence: Callable[..., tuple[Evidence, ...]]
) -> Keeping:
    """Of the press releases of the last year; `evidence` leads to some of them."""
    without = [row for row in released if not row.team_heard]
    if without:
        of = f"{len(without)} of {plural(len(released), 'press release')} in the last year"
        return Keeping("missed", f"{of} went out without the word of a team.", evidence(without))
    if released:
        number = plural(len(released), "press release")
        said = f"A team had answered before {number} in the last year."
        return Keeping("kept", said, evidence(released))
    return Keeping("nothing_yet", "No press release so far.")
