"""Commitments that no text asks for, and what the parties say of those that one does."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from agreements.core.confirming import require_reason
from agreements.core.telling import Typed, tell_managers
from agreements.models import Agreement, Happening, Party
from commitments.models import COMMITMENT_LIFECYCLE, Commitment
from commitments.owed.rights import require_owing, require_take_back
from commitments.owed.said import Lead, When
from commitments.owed.services.due import keep_due
from commitments.owed.services.locking import locked, note, require_running, with_parties
from commitments.owed.services.making import end_now, next_number
from commitments.owed.services.occurrences import write_down_missed
from commitments.rules import require_in_force, require_recorder
from house import clock
from house.keys import key_of_form
from house.lifecycle import lock, move_locked
from house.refusals import ChangedMeanwhile, Refused
from parties.acting import Acting

Cadence, Standing = Commitment.Cadence, Commitment.Standing


def record_commitment(
    *,
    by: Acting,
    agreement: Agreement,
    what: str,
    owed_by: Party | None,
    outside: str = "",
    owed_to: Party | None = None,
    when: When | None = None,
    clause_key: str = "",
    details: str = "",
    key: UUID | None = None,
) -> Commitment:
    """Records something that is owed and that the text does not list, and tells the others.

    What one party records for another waits for its word. `key` is the number of the form: the
    same form sent twice makes one. Raises Refused where nobody or two are said to owe it.
    """
    require_recorder(by, agreement)
    when = when or When()
    when.check()
    if (owed_by is None) == (not outside):
        raise Refused("Choose who owes it, or name somebody outside.", field="owed_by")
    with transaction.atomic():
        current = lock(agreement)
        require_in_force(current)
        if key and (known := Commitment.objects.filter(key=key, agreement=current).first()):
            return known
        own = owed_by is None or owed_by.organisation.pk == by.organisation_id
        made = Commitment.objects.create(
            agreement=current, number=next_number(current), what=what, details=details,
            owed_by=owed_by, outside=outside, owed_to=owed_to, clause_key=clause_key,
            standing=Standing.OWN if own else Standing.AWAITED, days_agreed=True,
            **_counted_from(current, when),
            recorded_by=by.who, recorded_for=by.on_behalf_of, recorded_at=clock.now(),
            **when.fields, **key_of_form(Commitment, key),
        )  # fmt: skip
        with_parties(made, current)
        keep_due(made)
        _tell(note(by, made, "commitment_recorded", party=_who(made)), by)
    return made


def _who(commitment: Commitment) -> str:
    return commitment.who_owes if commitment.owed_by else Typed(commitment.outside)


def _counted_from(agreement: Agreement, when: When) -> dict[str, date]:
    """A year of the agreement runs from its start, whoever said when; what was due before today
    nobody watched, unless it is this one day."""
    today, recurs = clock.today(), when.cadence not in {Cadence.STANDING, Cadence.ONCE}
    return {
        "counts_from": agreement.runs_from or today if recurs else today,
        "watched_from": min(today, when.due_on or today),
    }


def change_commitment(
    *,
    by: Acting,
    commitment: Commitment,
    edit_no: int,
    lead: Lead,
    details: str = "",
    what: str = "",
    when: When | None = None,
) -> bool:
    """Says who takes it forward, what there is to know, and, where no text does, what and when.

    `when` is None where the text says it. Returns whether anything changed; raises ChangedMeanwhile
    when somebody else changed it since it was read as number `edit_no`.
    """
    require_recorder(by, commitment.agreement)
    with transaction.atomic():
        current = locked(commitment)
        require_running(current)
        wanted = _wanted(current, lead, details, what, when)
        if all(getattr(current, name) == value for name, value in wanted.items()):
            return False
        if current.edit_no != edit_no:
            raise ChangedMeanwhile("commitment", current.edit_no)
        moved = when is not None and any(
            getattr(current, name) != value for name, value in when.fields.items()
        )
        if moved and when:
            write_down_missed(by, current)
            wanted |= {"days_agreed": True, **_counted_from(current.agreement, when)}
        for name, value in wanted.items():
            setattr(current, name, value)
        current.edit_no += 1
        current.save()
        keep_due(current)
        verb = "commitment_dated" if moved else "commitment_changed"
        _tell(note(by, current, verb, party=_who(current)), by)
    return True


def says_when(commitment: Commitment) -> bool:
    """Whether the parties may say when it is owed: no text does."""
    undated = commitment.cadence == Cadence.ONCE and commitment.due_on is None
    return commitment.days_agreed or commitment.is_standing or undated


def _wanted(
    current: Commitment, lead: Lead, details: str, what: str, when: When | None
) -> dict[str, Any]:
    lead.check(current.owed_by)
    wanted: dict[str, Any] = {"person": lead.person, "team": lead.team, "details": details}
    if what and not current.is_from_text:
        wanted["what"] = what
    if when is not None:
        if not says_when(current):
            raise Refused("The text says when this is owed. A variation changes it.")
        when.check()
        wanted |= when.fields
    return wanted


def answer_commitment(
    *, by: Acting, commitment: Commitment, agrees: bool, because: str = ""
) -> None:
    """Who owes it confirms what another party recorded, or says what is not right."""
    require_owing(by, commitment)
    require_reason(agrees=agrees, because=because)
    with transaction.atomic():
        current = locked(commitment)
        require_running(current)
        wanted = Standing.CONFIRMED if agrees else Standing.DISPUTED
        if current.standing in {Standing.OWN, Standing.TEXT}:
            raise Refused("No other party recorded this commitment for yours.")
        if current.standing == wanted:
            return  # said already, by a colleague or with the press before
        current.standing = wanted
        current.save(update_fields=["standing"])
        keep_due(current)
        verb = "commitment_confirmed" if agrees else "commitment_disputed"
        _tell(note(by, current, verb, because=because), by)


def end_commitment(*, by: Acting, commitment: Commitment, because: str) -> None:
    """Nothing of it is owed any more; what was recorded stays. The others are told why."""
    require_take_back(by, commitment)
    with transaction.atomic():
        current = locked(commitment)
        require_running(current)
        end_now(current, because=because)
        _tell(note(by, current, "commitment_ended", because=because), by)


def commitment_in_error(*, by: Acting, commitment: Commitment, because: str) -> None:
    """It never should have been there: it leaves every count and stays readable."""
    require_take_back(by, commitment)
    with transaction.atomic():
        current = locked(commitment)
        ended_on = current.ended_on or clock.today()
        move_locked(
            current, "enter_in_error", lifecycle=COMMITMENT_LIFECYCLE, because=because,
            ended_on=ended_on,
        )  # fmt: skip
        keep_due(current)
        _tell(note(by, current, "commitment_in_error", because=because), by)


def _tell(of: Happening, by: Acting) -> None:
    """The MoU managers of the other parties."""
    tell_managers(of=of, kind="commitment_news", by=by, others_only=True)
