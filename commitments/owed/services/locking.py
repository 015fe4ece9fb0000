"""The agreement's row is the lock of all that is owed under it: commitments have none of theirs."""

from __future__ import annotations

from agreements.core.parties import parties_of
from agreements.core.telling import record
from agreements.models import Agreement, Happening
from commitments.models import Commitment
from house.lifecycle import lock
from house.refusals import Refused
from parties.acting import Acting


def locked(commitment: Commitment) -> Commitment:
    """The same row read again behind its agreement's lock, with its parties at hand."""
    agreement = lock(commitment.agreement)
    rows = Commitment.objects.select_related("person", "team", "recorded_for", "recorded_by")
    current = rows.get(pk=commitment.pk)
    with_parties(current, agreement)
    return current


def with_parties(commitment: Commitment, agreement: Agreement) -> None:
    commitment.agreement = agreement
    for party in parties_of(agreement):
        if party.pk == commitment.owed_by_id:
            commitment.owed_by = party
        if party.pk == commitment.owed_to_id:
            commitment.owed_to = party


def require_running(commitment: Commitment) -> None:
    if not commitment.is_running:
        state = commitment.get_state_display().lower()
        raise Refused(f"This commitment is {state} now, so this can no longer be done.")


def note(by: Acting, commitment: Commitment, verb: str, **facts: object) -> Happening:
    """The timeline's row and the audit's, about this commitment by its number."""
    return record(
        by=by, verb=verb, agreement=commitment.agreement, about=commitment,
        number=commitment.number, key=str(commitment.key), **facts,
    )  # fmt: skip
