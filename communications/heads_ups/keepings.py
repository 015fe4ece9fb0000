"""Are heads-ups given before messages and decisions? Answered from what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from agreements.core.texts import clauses_bound_to, read_clauses
from agreements.models import Agreement
from communications.heads_ups.presenters.words import called, url_of
from communications.heads_ups.queries.judging import Judged, judged
from communications.heads_ups.rules import COMMITTEE, HEADS_UP, WIDER_IMPACT
from communications.models import HeadsUp
from communications.rules import in_hours
from house.answers import Evidence, Keeping
from nhsuk.words import capital, plural
from parties.acting import Acting

MOST_EVIDENCE: Final = 5
KINDS: Final = {
    HEADS_UP: "the heads-up before messages to practices",
    COMMITTEE: "the same heads-up to local medical committees",
    WIDER_IMPACT: "the heads-up before decisions that affect others",
}
WHAT: Final = {HEADS_UP: "message", COMMITTEE: "message", WIDER_IMPACT: "decision"}


def keepings(agreements: Sequence[Agreement], acting: Acting) -> dict[int, dict[str, Keeping]]:
    """Agreement id -> key -> the answer."""
    found = judged(agreements, acting)
    read_clauses(each.in_force_version_id for each in agreements if found[each.pk])
    return {
        each.pk: {key: answer(key, owed_by(each, key, found[each.pk])) for key in KINDS}
        for each in agreements
    }


def owed_by(agreement: Agreement, key: str, rows: Sequence[Judged]) -> list[Judged]:
    """Those of the kind, of organisations that owe it: on the sides that the clause names, or all
    where it names none."""
    kind = HeadsUp.Kind.WIDER_IMPACT if key == WIDER_IMPACT else HeadsUp.Kind.PRACTICES
    of_kind = [row for row in rows if row.heads_up.kind == kind]
    if not of_kind:
        return []
    slots = {slot for clause in clauses_bound_to(agreement, [key]) for slot in clause.owed_by}
    sides = [party for party in agreement.sides if not slots or party.slot in slots]
    owing = {pk for party in sides for pk in party.held_by}
    return [row for row in of_kind if row.heads_up.owner_id in owing]


def answer(key: str, rows: Sequence[Judged]) -> Keeping:
    """Whether each that went out in the last year came after all were told; what went first counts
    as missed, whatever its reason (A11, A12)."""
    what, of_committee = WHAT[key], key == COMMITTEE
    went_out = [row for row in rows if row.heads_up.is_sent]
    early = [row for row in went_out if row.came_first(committee=of_committee)]
    planned = [row for row in rows if row.heads_up.is_open]
    if early:
        return Keeping("missed", _first(key, len(early), len(went_out)), _evidence(early))
    if went_out:
        return Keeping("kept", _notice(key, went_out), _evidence(went_out))
    if planned:
        given = f"A heads-up was given of {plural(len(planned), what)} to come."
        return Keeping("due", given, _evidence(planned))
    return Keeping("nothing_yet", f"No heads-up of a {what} so far.")


def _first(key: str, early: int, every: int) -> str:
    """ "1 of 3 messages in the last year came before all were told."."""
    which = f"{early} of {plural(every, WHAT[key])} in the last year"
    which = f"The one {WHAT[key]} of the last year" if every == 1 else which
    whom = "a local medical committee was" if key == COMMITTEE else "all were"
    return f"{which} came before {whom} told."


def _notice(key: str, went_out: Sequence[Judged]) -> str:
    of_committee = key == COMMITTEE
    least = in_hours(min(row.notice(committee=of_committee) for row in went_out))
    number = len(went_out)
    which = f"The one {WHAT[key]}" if number == 1 else f"All {plural(number, WHAT[key])}"
    whom = "the committee was" if of_committee else "all were"
    return f"{which} of the last year came after {whom} told, at least {least} before."


def _evidence(rows: Iterable[Judged]) -> tuple[Evidence, ...]:
    newest = sorted(rows, key=lambda row: row.heads_up.planned_for, reverse=True)
    return tuple(
        Evidence(capital(called(row.heads_up)), url_of(row.heads_up))
        for row in newest[:MOST_EVIDENCE]
    )
