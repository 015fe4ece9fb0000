"""Who may do what with a commitment."""

from __future__ import annotations

from agreements.core.confirming import require_other_side
from agreements.core.parties import require_role, sides_of
from agreements.core.sides import stands_for
from commitments.models import Commitment, Occurrence
from commitments.rules import may_record, require_recorder
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.who import RECORDERS

Standing = Commitment.Standing


def may_work_on(acting: Acting, commitment: Commitment) -> bool:
    """Whether they may record what was done: recorders, and whoever leads it in any role."""
    return may_record(acting, commitment.agreement) or leads(acting, commitment)


def leads(acting: Acting, commitment: Commitment) -> bool:
    """Whether it names them, for the organisation they act for."""
    person = getattr(acting.user, "person_id", None)
    owing = commitment.owed_by
    named = person is not None and commitment.person_id == person
    return named and owing is not None and owing.organisation.pk == acting.organisation_id


def require_work_on(by: Acting, commitment: Commitment) -> None:
    if not leads(by, commitment):
        require_recorder(by, commitment.agreement)
    if not commitment.agreement.takes_acts:
        raise Refused("What was done is recorded for agreements that are in force.")


def may_answer(acting: Acting, commitment: Commitment) -> bool:
    """Whether they speak for who owes it, for whom another party recorded it."""
    owing = commitment.owed_by
    return (
        commitment.is_running
        and commitment.standing in {Standing.AWAITED, Standing.DISPUTED}
        and RECORDERS.includes(acting)
        and owing is not None
        and owing.organisation.pk == acting.organisation_id
    )


def require_owing(by: Acting, commitment: Commitment) -> None:
    """Raises NotYours for everybody but recorders of the party that owes it."""
    require_role(by, RECORDERS)
    owing = commitment.owed_by
    if owing is None or owing.organisation.pk != by.organisation_id:
        raise NotYours(f"Only {commitment.who_owes} can say whether this commitment is right.")


def may_take_back(acting: Acting, commitment: Commitment) -> bool:
    """Whether they may end it, or say that it was entered in error: the party that recorded it."""
    return (
        not commitment.is_from_text
        and commitment.state != Commitment.State.IN_ERROR
        and RECORDERS.includes(acting)
        and stands_for(commitment.agreement, acting.organisation_id, commitment.recorded_for_id)
    )


def require_take_back(by: Acting, commitment: Commitment) -> None:
    require_recorder(by, commitment.agreement)
    if commitment.is_from_text:
        raise Refused("The text asks for this, so it ends when the text or the agreement does.")
    if not stands_for(commitment.agreement, by.organisation_id, commitment.recorded_for_id):
        raise NotYours(f"Only {commitment.recorded_for} can take back what it recorded.")


def may_judge(acting: Acting, said: Occurrence) -> bool:
    """Whether they may say if what another side recorded is right."""
    commitment = said.commitment
    try:
        require_other_side(acting, commitment.agreement, said.recorded_for_id)
    except NotYours:
        return False
    own = bool(sides_of(commitment.agreement, acting))
    return said.error_at is None and own and RECORDERS.includes(acting)


def may_undo(acting: Acting, said: Occurrence) -> bool:
    """Whether they may say that what they recorded was an error."""
    agreement = said.commitment.agreement
    own = stands_for(agreement, acting.organisation_id, said.recorded_for_id)
    return said.error_at is None and own and RECORDERS.includes(acting)


def require_undo(by: Acting, said: Occurrence) -> None:
    require_recorder(by, said.commitment.agreement)
    if not stands_for(said.commitment.agreement, by.organisation_id, said.recorded_for_id):
        raise NotYours(f"Only {said.recorded_for} can say that it entered this in error.")
