"""Are heads-ups given before messages and decisions? Answered from what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from agreements.core.texts import clauses_bound_to, read_clauses
from agreements.models import Agreement
from communications.heads_ups.presenters.words import called, url_of
from communications.heads_ups.queries.listing import LOOKED_AT, Listed, grouped, owed_under
from communications.heads_ups.rules import COMMITTEE, HEADS_UP, WIDER_IMPACT, least_notice
from communications.models import HeadsUp
from communications.rules import in_hours
from house import clock
from house.asked_together import Asking
from house.room import Evidence, Keeping
from nhsuk.words import capital, plural
from parties.acting import Acting

MOST_EVIDENCE: Final = 5
KINDS: Final = {
    HEADS_UP: "the heads-up before messages to practices",
    COMMITTEE: "the same heads-up to local medical committees",
    WIDER_IMPACT: "the heads-up before decisions that affect others",
}
WHAT: Final = {HEADS_UP: "message", COMMITTEE: "message", WIDER_IMPACT: "decision"}


def asking(
    agreements: Sequence[Agreement], acting: Acting
) -> Asking[Mapping[int, Mapping[str, Keeping]]]:
    """Agreement id -> key -> the answer (two queries at most, for any number of agreements)."""
    [rows] = yield [owed_under((each.pk for each in agreements), acting)]
    found = grouped(rows)
    read_clauses(each.in_force_version_id for each in agreements if found.get(each.pk))
    return {
        each.pk: {key: _answer(each, key, found.get(each.pk, ())) for key in KINDS}
        for each in agreements
    }


def _answer(agreement: Agreement, key: str, rows: Sequence[Listed]) -> Keeping:
    kind = HeadsUp.Kind.WIDER_IMPACT if key == WIDER_IMPACT else HeadsUp.Kind.PRACTICES
    owing = _owing(agreement, key) if rows else set()
    own = [row for row in rows if row.heads_up.kind == kind and row.heads_up.owner_id in owing]
    return answer(key, [_of(row, key) for row in own])


def _owing(agreement: Agreement, key: str) -> set[int]:
    """The organisations that owe it: those on the sides that the clause names, else all."""
    clauses = clauses_bound_to(agreement, [key])
    slots = {slot for clause in clauses for slot in clause.owed_by}
    sides = [party for party in agreement.sides if not slots or party.slot in slots]
    return {pk for party in sides for pk in party.held_by}


def _of(row: Listed, key: str) -> Listed:
    wanted = key == COMMITTEE
    return replace(row, standings=[s for s in row.standings if s.is_committee == wanted])


def answer(key: str, rows: Sequence[Listed]) -> Keeping:
    """Whether each that went out in the last year came after all were told; what went first counts
    as missed, whatever its reason (A11, A12)."""
    what, since = WHAT[key], clock.now() - LOOKED_AT
    went_out = [row for row in rows if row.heads_up.sent_at and row.heads_up.sent_at >= since]
    early = [row for row in went_out if _went_first(row)]
    planned = [row for row in rows if row.heads_up.is_open]
    if early:
        sentence = f"{_counted(what, len(early), len(went_out))} {_first(key, len(early))}."
        return Keeping("missed", sentence, _evidence(early))
    if went_out:
        return Keeping("kept", _notice(key, what, went_out), _evidence(went_out))
    if planned:
        return Keeping("due", f"A heads-up was given of {plural(len(planned), what)} to come.",
                       _evidence(planned))  # fmt: skip
    return Keeping("nothing_yet", f"No heads-up of a {what} so far.")


def _went_first(row: Listed) -> bool:
    assert row.heads_up.sent_at  # noqa: S101 - it went out
    return not row.standings or not all(s.in_time(row.heads_up.sent_at) for s in row.standings)


def _counted(what: str, early: int, every: int) -> str:
    """ "1 of 3 messages in the last year"; "The one message of the last year"."""
    if every == 1:
        return f"The one {what} of the last year"
    return f"{early} of {plural(every, what)} in the last year"


def _first(key: str, early: int) -> str:
    committee = " by a local medical committee" if key == COMMITTEE else ""
    if committee:
        return f"{'was' if early == 1 else 'were'} not known to a local medical committee before"
    return "came before all were told"


def _notice(key: str, what: str, went_out: Sequence[Listed]) -> str:
    given = [n for row in went_out if (n := least_notice(row.standings, row.heads_up.sent_at))]  # type: ignore[arg-type]
    whom = "the committee was" if key == COMMITTEE else "all were"
    least = f", at least {in_hours(min(given))} before" if given else ""
    if len(went_out) == 1:
        return f"The one {what} of the last year came after {whom} told{least}."
    return f"All {plural(len(went_out), what)} of the last year came after {whom} told{least}."


def _evidence(rows: Iterable[Listed]) -> tuple[Evidence, ...]:
    newest = sorted(rows, key=lambda row: row.heads_up.planned_for, reverse=True)
    return tuple(
        Evidence(capital(called(row.heads_up)), url_of(row.heads_up))
        for row in newest[:MOST_EVIDENCE]
    )
