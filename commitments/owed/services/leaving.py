"""Somebody who leads commitments leaves: who follows leads them, else the MoU manager does."""

from __future__ import annotations

from agreements.models import spells_today
from commitments.models import Commitment
from commitments.models.owed import CommitmentQuerySet
from commitments.owed.services.due import keep_due
from commitments.owed.services.locking import locked, note
from parties.models import Organisation, Person
from parties.services.people import Joining, Leaving


def hand_over_commitments(leaving: Leaving) -> None:
    """From today on, so that reminders go to who follows. Call it in the leaving's transaction."""
    for commitment in led_commitments(leaving.person, leaving.organisation):
        current = _led_by(commitment, leaving.follows(commitment_key(commitment)))
        follows = f"{current.person} follows" if current.person else "nobody is named now"
        note(
            leaving.by, current, "commitment_left", party=leaving.organisation.name,
            who=leaving.person.name, follows=follows,
        )  # fmt: skip


def join_commitments(joining: Joining) -> None:
    """What one row of a person leads is the other's, who is the same person."""
    for commitment in led_commitments(joining.was, joining.organisation):
        _led_by(commitment, joining.now)


def _led_by(commitment: Commitment, person: Person | None) -> Commitment:
    current = locked(commitment)
    current.person = person
    current.edit_no += 1
    current.save(update_fields=["person", "edit_no"])
    keep_due(current)
    return current


def commitment_key(commitment: Commitment) -> str:
    """What it is called among all that somebody hands over."""
    return f"commitment-{commitment.pk}"


def led_commitments(person: Person, organisation: Organisation) -> CommitmentQuerySet:
    """In one order, so that two who leave at once do not wait for each other."""
    sides = spells_today(organisation.pk).values("party")
    found: CommitmentQuerySet = Commitment.objects.filter(person=person, owed_by__in=sides)
    rows = found.running().select_related("agreement", "owed_by", "recorded_for")
    return rows.order_by("agreement__reference", "number")
