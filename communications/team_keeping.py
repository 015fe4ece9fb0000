"""Was the communications team heard before each press release (D18)?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import QuerySet

from agreements.core.texts import clauses_bound_to
from agreements.models import Agreement
from communications.models import Announcement, ConcernedAgreement, TeamAsked
from house.room import Evidence, Keeping
from nhsuk.words import plural

TEAM: Final = "communications_team"
CALLED: Final = "the word of the communications team before press releases"


def teams_asked(announcements: Iterable[int]) -> QuerySet[Any, Any]:
    """The teams that were asked about these, for `heard_on`."""
    rows = TeamAsked.objects.filter(announcement__in=set(announcements), replaced_at=None)
    return rows.order_by().values_list("announcement", "answered_at")


def heard_on(rows: Iterable[Any]) -> Mapping[int, bool]:
    """Announcement id -> whether a team that was asked had answered before it was released; without
    those on which none was asked."""
    found: dict[int, bool] = {}
    for pk, answered in rows:
        found[pk] = found.get(pk, False) or answered is not None
    return found


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
    released: Sequence[ConcernedAgreement],
    heard: Mapping[int, bool],
    evidence: tuple[Evidence, ...],
    missed: tuple[Evidence, ...],
) -> Keeping:
    """Of the press releases of the last year; `evidence` leads to those with an answer, `missed` to
    those without one."""
    without = [row for row in released if not heard.get(row.announcement_id)]
    if without:
        of = f"{len(without)} of {plural(len(released), 'press release')} in the last year"
        return Keeping("missed", f"{of} went out without the word of a team.", missed)
    if released:
        number = plural(len(released), "press release")
        return Keeping("kept", f"A team had answered before {number} in the last year.", evidence)
    return Keeping("nothing_yet", "No press release so far.")
