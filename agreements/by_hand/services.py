"""A person of a party says that they looked at clauses which no room watches, or takes it back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final

from agreements.by_hand.queries import looked, version_on
from agreements.core.bindings import not_watched
from agreements.core.parties import require_role, side_of, version_of_terms
from agreements.core.sides import stands_for
from agreements.core.telling import Typed, record
from agreements.core.texts import ClauseName, clauses_of
from agreements.models import Agreement, ByHand, Clause
from house import clock
from house.lifecycle import lock
from house.once import one_job
from house.refusals import NotYours, Refused
from nhsuk.dates import day
from nhsuk.words import and_list, plural
from parties.acting import Acting
from parties.who import DRAFTERS

# The timeline names no more clauses than this.
MOST_NAMED: Final = 3
NOT_THERE: Final = "One of these clauses is watched by the portal, or is no longer in the text."


def to_look_at(agreement: Agreement) -> list[ClauseName]:
    """The clauses with a duty of the text in force of which no room watches all, in order."""
    version = version_of_terms(agreement)
    version.agreement = agreement
    return [each for each in clauses_of(version) if each.is_duty and not_watched(each)]


def say_by_hand(
    *, by: Acting, agreement: Agreement, clauses: Collection[str], reviewed_on: date, found: str
) -> list[ByHand]:
    """Records that their party reviewed these clauses by hand on that day (X01).

    It stands until the next review, or until the words change. Raises Refused for a day that cannot
    be.
    """
    require_role(by, DRAFTERS)
    side_of(agreement, by)
    with one_job():
        current = _in_force(lock(agreement))
        named = [each for each in to_look_at(current) if each.key in clauses]
        if len(named) < len(set(clauses)) or not named:
            raise Refused(NOT_THERE, field="clauses")
        _check_day(current, reviewed_on)
        rows = _rows(by, current, named, reviewed_on, found)
        _check_stands(current, rows)
        made = [_saved(row) for row in rows]
        _tell(by, current, named, made[0])
    return made


def take_back(*, by: Acting, look: ByHand, because: str) -> None:
    """Says that it was an error; it stays readable. Raises NotYours for that of another party."""
    require_role(by, DRAFTERS)
    if not is_own(by, look.agreement, look):
        raise NotYours("Only the party that said this takes it back.")
    with one_job():
        agreement = lock(look.agreement)
        held = lock(look)
        if held.is_taken_back:
            raise Refused("This was taken back already.")
        held.taken_back_at, held.taken_back_by = clock.now(), by.who
        held.taken_back_because = because
        held.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_because"])
        record(
            by=by, verb="by_hand_back", agreement=agreement, about=held, because=because,
            party=by.on_behalf_of.name, on=held.reviewed_on.isoformat(),
        )  # fmt: skip


def is_own(by: Acting, agreement: Agreement, look: ByHand) -> bool:
    """Whether their organisation said it, or took the place of the one that did (record 0067)."""
    return stands_for(agreement, by.organisation_id, look.said_for_id)


def _in_force(agreement: Agreement) -> Agreement:
    if not agreement.takes_acts:
        raise Refused("Only clauses of an agreement in force are reviewed.")
    return agreement


def _check_day(agreement: Agreement, on: date) -> None:
    if on > clock.today():
        raise Refused("The day cannot be in the future.", field="reviewed_on")
    if agreement.runs_from and on < agreement.runs_from:
        raise Refused(
            f"The MoU runs from {day(agreement.runs_from)}. Enter that day or a later one.",
            field="reviewed_on",
        )


def _rows(
    by: Acting, agreement: Agreement, named: Iterable[ClauseName], on: date, found: str
) -> list[ByHand]:
    keys, version = [each.key for each in named], version_on(agreement, on)
    return [
        ByHand(
            agreement=agreement, clause=clause, version=version, reviewed_on=on, found=found,
            said_by=by.who, said_for=by.on_behalf_of, said_at=clock.now(),
        )
        for clause in Clause.objects.filter(agreement=agreement, key__in=keys).order_by("pk")
    ]  # fmt: skip


def _check_stands(agreement: Agreement, rows: Sequence[ByHand]) -> None:
    """What lapsed before it was said would stand for nothing."""
    lapsed = next((each.lapsed for each in looked(agreement, rows) if each.lapsed), "")
    if lapsed:
        raise Refused(
            f"What was found on that day lapsed {lapsed}. Look again, and enter the later day.",
            field="reviewed_on",
        )


def _saved(row: ByHand) -> ByHand:
    row.save(force_insert=True)
    return row


def _tell(by: Acting, agreement: Agreement, named: Sequence[ClauseName], first: ByHand) -> None:
    """On the timeline, for all parties; nobody is written to."""
    names = [each.name for each in named]
    what = and_list(names) if len(names) <= MOST_NAMED else plural(len(names), "clause")
    record(
        by=by, verb="by_hand", agreement=agreement, about=first, what=Typed(what),
        party=by.on_behalf_of.name, on=first.reviewed_on.isoformat(),
    )  # fmt: skip
