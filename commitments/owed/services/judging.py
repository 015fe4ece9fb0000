"""What another side says of a record, and that it was an error."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from agreements.core.confirming import is_news, require_other_side
from agreements.core.parties import require_role, side_of
from agreements.core.telling import tell_managers
from commitments.models import Occurrence, OccurrenceWord
from commitments.owed.rights import require_undo
from commitments.owed.services.due import keep_due
from commitments.owed.services.locking import locked, note
from house import clock
from house.refusals import Refused
from parties.acting import Acting
from parties.who import RECORDERS


def say_of_occurrence(*, by: Acting, said: Occurrence, agrees: bool, because: str = "") -> None:
    """Another side says whether what was recorded is right, and if not, why."""
    agreement = said.commitment.agreement
    require_role(by, RECORDERS)
    side_of(agreement, by)
    require_other_side(by, agreement, said.recorded_for_id)
    with transaction.atomic():
        commitment = locked(said.commitment)
        current = commitment.occurrences.get(pk=said.pk)
        _require_not_in_error(current)
        if not is_news(by, current.words.all(), agrees=agrees, because=because):
            return
        OccurrenceWord.objects.create(
            occurrence=current, organisation=by.on_behalf_of, agrees=agrees, reason=because,
            user=by.who, by_link=by.by_link, at=clock.now(),
        )  # fmt: skip
        verb = "occurrence_confirmed" if agrees else "occurrence_disputed"
        happening = note(by, commitment, verb, on=_day(current).isoformat(), because=because)
        if not agrees:
            tell_managers(of=happening, kind="commitment_news", by=by, others_only=True)


def occurrence_in_error(*, by: Acting, said: Occurrence, because: str) -> None:
    """It was recorded wrongly: it leaves the counts, stays readable, and the time is open again."""
    require_undo(by, said)
    with transaction.atomic():
        commitment = locked(said.commitment)
        current = commitment.occurrences.get(pk=said.pk)
        _require_not_in_error(current)
        current.error_at, current.error_by = clock.now(), by.who
        current.error_because = because
        current.save(update_fields=["error_at", "error_by", "error_because"])
        keep_due(commitment)
        on = _day(current).isoformat()
        note(by, commitment, "occurrence_in_error", on=on, because=because)


def _require_not_in_error(said: Occurrence) -> None:
    if said.error_at:
        raise Refused("This was marked as entered in error meanwhile.")


def _day(said: Occurrence) -> date:
    return said.due_on or said.last
