"""Commitments follow from the text: made when it comes into force, changed with it, ended with it.

A term says most of one: when, of which standard, with which table. A clause that is bound to a
commitment and that no term names makes one for each party that owes it, without a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, TextField
from django.db.models.functions import Cast

from agreements.core.telling import record
from agreements.models import Agreement, ClauseText
from commitments.models import COMMITMENT_LIFECYCLE, Commitment
from commitments.owed.asked import BINDING, Asked, asked_for
from commitments.owed.services.due import keep_due, set_first_due
from commitments.owed.services.locking import with_parties
from house import clock
from house.lifecycle import lock, move_locked
from house.tracked import create_all
from parties.acting import Acting

NO_MORE = "The text in force no longer asks for it."
ENDED = "The agreement has ended."
# What a commitment is made of besides whose it is.
_SAID = ("what", "clause_key", "exclusions", "columns")
_WHEN = ("cadence", "per_year", "due_on", "by_timetable", "by_financial_year")


def _identity(commitment: Commitment) -> tuple[Any, ...]:
    clause = "" if commitment.term_key else commitment.clause_key
    by, to = commitment.owed_by_id, commitment.owed_to_id
    return (commitment.term_key, clause, by, commitment.outside, to)


def came_into_force(agreement: Agreement, by: Acting) -> None:
    """Makes what the text asks for and is not there. Call it with the agreement locked."""
    there = {_identity(each) for each in _from_text(agreement)}
    _make(agreement, by, [each for each in asked_for(agreement) if each.identity not in there])


def follow_new_text(agreement: Agreement, by: Acting) -> None:
    """What the new text asks for alike goes on; what it asks for otherwise or no more ends today,
    and what is new begins. Nothing that was recorded changes. The agreement is locked."""
    asked = {each.identity: each for each in asked_for(agreement)}
    running = [each for each in _from_text(agreement) if each.is_running]
    kept, over = [], []
    for each in running:
        wanted = asked.get(_identity(each))
        if wanted and _is_owed_alike(each, wanted):
            _call_as_now(each, wanted)
            kept.append(_identity(each))
        else:
            over.append(each)
    end_now(*over, because=NO_MORE)
    new = [each for identity, each in asked.items() if identity not in kept]
    _make(agreement, by, new)


def _is_owed_alike(commitment: Commitment, asked: Asked) -> bool:
    """At the same times; where the text says none, at those that the parties agreed."""
    if commitment.days_agreed and asked.cadence in {"as_required", "once"} and not asked.due_on:
        return True
    return all(getattr(commitment, name) == getattr(asked, name) for name in _WHEN)


def _call_as_now(commitment: Commitment, asked: Asked) -> None:
    said = {name: _as_stored(getattr(asked, name)) for name in _SAID}
    if all(getattr(commitment, name) == value for name, value in said.items()):
        return
    for name, value in said.items():
        setattr(commitment, name, value)
    commitment.edit_no += 1
    commitment.save(update_fields=[*said, "edit_no"])
    keep_due(commitment)


def end_all(agreement: Agreement) -> None:
    """With the agreement ends what was owed under it; what was recorded stays. It is locked."""
    running = list(Commitment.objects.filter(agreement=agreement).running())
    for commitment in running:
        with_parties(commitment, agreement)
    end_now(*running, because=ENDED)


def end_now(*commitments: Commitment, because: str) -> None:
    """From tomorrow on nothing of these is owed. Their agreement is locked."""
    ended = {"ended_on": clock.today(), "because": because}
    for each in commitments:
        move_locked(each, "end", lifecycle=COMMITMENT_LIFECYCLE, **ended)
    keep_due(*commitments)


def make_up_for_missing() -> Iterator[str]:
    """Makes those of agreements in force from before there were commitments. Gives references; a
    second run finds nothing to do."""
    bound = ClauseText.objects.annotate(bound=Cast("bindings", TextField()))
    asks = bound.filter(version=OuterRef("in_force_version"), bound__contains=f'"{BINDING}"')
    there = Commitment.objects.filter(agreement=OuterRef("pk"))
    found = Agreement.objects.with_duties().filter(Exists(asks), ~Exists(there))
    for pk in found.order_by("reference").values_list("pk", flat=True):
        with transaction.atomic():
            agreement = lock(Agreement(pk=pk))
            came_into_force(agreement, Acting(get_user_model().objects.system()))
        yield agreement.reference


def _from_text(agreement: Agreement) -> list[Commitment]:
    """What texts of the agreement asked for, running or ended."""
    rows = Commitment.objects.filter(agreement=agreement, standing=Commitment.Standing.TEXT)
    found = list(rows.exclude(state="in_error").order_by("number"))
    for each in found:
        with_parties(each, agreement)
    return found


def _make(agreement: Agreement, by: Acting, asked: Iterable[Asked]) -> None:
    wanted, number = list(asked), next_number(agreement)
    made = create_all(
        [_row(agreement, by, each, number + place) for place, each in enumerate(wanted)]
    )
    for each in made:
        with_parties(each, agreement)
    set_first_due(*made)
    if made:
        record(by=by, verb="commitments_made", agreement=agreement, many=len(made))


def _row(agreement: Agreement, by: Acting, asked: Asked, number: int) -> Commitment:
    said = {name: _as_stored(getattr(asked, name)) for name in (*_SAID, *_WHEN)}
    today = clock.today()
    return Commitment(
        agreement=agreement, number=number, owed_by=asked.owed_by, outside=asked.outside,
        owed_to=asked.owed_to, term_key=asked.term_key, standing=Commitment.Standing.TEXT,
        counts_from=agreement.runs_from or today, watched_from=today, recorded_by=by.who,
        recorded_at=clock.now(), **said,
    )  # fmt: skip


def next_number(agreement: Agreement) -> int:
    """The first that no commitment of the agreement has. Its row is locked."""
    newest = Commitment.objects.filter(agreement=agreement).order_by("-number")
    return (newest.values_list("number", flat=True).first() or 0) + 1


def _as_stored(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
