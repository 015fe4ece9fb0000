"""Are logs kept as clauses ask? By what was noted in the last year (A32, B21, C04, C08)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agreements.core.texts import clauses_bound_to, read_clauses
from agreements.models import Agreement
from commitments.logs.judging import Noted, noted
from commitments.logs.words import BINDINGS, list_of
from commitments.models import LogEntry
from house import clock
from house.answers import Evidence, Keeping
from nhsuk.dates import day
from nhsuk.words import plural

Kind = LogEntry.Kind
KINDS: Final = {
    "learning_log": "a log of learning, passed on to other MoUs",
    "engagement_log": "a log of engagement: whom the parties asked",
    "risks": "risks that the parties told each other of",
}
NOTHING: Final = {
    Kind.LEARNING: "Nothing on the log of learning in the last year.",
    Kind.ENGAGEMENT: "Nothing on the log of engagement in the last year.",
    Kind.RISK: "No risk is on the log.",
}


def keepings(agreements: Sequence[Agreement]) -> dict[int, dict[str, Keeping]]:
    """Agreement id -> key -> the answer."""
    found = noted(agreements)
    read_clauses(each.in_force_version_id for each in agreements if found[each.pk])
    return {
        each.pk: {key: _of(each, key, found[each.pk]) for key in BINDINGS} for each in agreements
    }


def _of(agreement: Agreement, key: str, rows: Sequence[Noted]) -> Keeping:
    kind = Kind(BINDINGS[key])
    there = _owed_by(agreement, key, [row for row in rows if row.kind == kind])
    if not there:
        return Keeping("nothing_yet", NOTHING[kind])
    shown = (Evidence("The log", list_of(agreement, kind=kind)),)
    return _risks(there, shown) if kind == Kind.RISK else _entries(there, shown)


def _owed_by(agreement: Agreement, key: str, rows: Sequence[Noted]) -> list[Noted]:
    """Those of whoever owes it by the clauses; of all where a clause names nobody."""
    if not rows:
        return []
    slots = {slot for clause in clauses_bound_to(agreement, [key]) for slot in clause.owed_by}
    sides = [party for party in agreement.sides if not slots or party.slot in slots]
    owing = {pk for party in sides for pk in party.held_by}
    return [row for row in rows if row.by in owing]


def _entries(rows: Sequence[Noted], shown: tuple[Evidence, ...]) -> Keeping:
    """ "3 entries in the last year, the last on 3 May 2026. 1 of them comes from another MoU."."""
    last = day(max(row.on for row in rows))
    said = f"{plural(len(rows), 'entry', 'entries')} in the last year, the last on {last}."
    if passed_on := sum(row.is_passed_on for row in rows):
        verb = "was" if passed_on == 1 else "were"
        said += f" {passed_on} of them {verb} passed on from another MoU."
    return Keeping("kept", said, shown)


def _risks(rows: Sequence[Noted], shown: tuple[Evidence, ...]) -> Keeping:
    still, today = [row for row in rows if row.is_open], clock.today()
    dates = sorted(row.review_on for row in still if row.review_on)
    late = [on for on in dates if on < today]
    if late:
        which = f"{len(late)} of {plural(len(still), 'open risk')}"
        return Keeping("missed", f"The review of {which} is late, since {day(late[0])}.", shown)
    closed = len(rows) - len(still)
    said = f"{plural(len(still), 'open risk')} that all parties read"
    said += f", and {closed} closed in the last year." if closed else "."
    follows = f" The next review is on {day(dates[0])}." if dates else ""
    return Keeping("kept", said + follows, shown)
