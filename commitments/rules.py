"""Who may do what with an action."""

from __future__ import annotations

from agreements.core.parties import require_role, side_of, sides_of
from agreements.core.sides import stands_for
from agreements.models import Agreement, Party
from commitments.models import Action
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.who import RECORDERS

# Whoever may record what the parties share.


def may_record(acting: Acting, agreement: Agreement) -> bool:
    """Whether they may record and change actions of this agreement."""
    return RECORDERS.includes(acting) and bool(sides_of(agreement, acting))


def may_work_on(acting: Acting, action: Action) -> bool:
    """Whether they may note progress and close it: recorders, and whoever it names in any role."""
    return may_record(acting, action.agreement) or is_named(acting, action)


def is_named(acting: Acting, action: Action) -> bool:
    """Whether the action is theirs, for the organisation they act for."""
    person = getattr(acting.user, "person_id", None)
    return (
        person is not None
        and action.person_id == person
        and action.owner.organisation.pk == acting.organisation_id
    )


def may_answer(acting: Acting, action: Action) -> bool:
    """Whether they speak for the owner, for whom another party recorded the action."""
    return (
        action.is_open
        and action.standing in {Action.Standing.AWAITED, Action.Standing.DISPUTED}
        and RECORDERS.includes(acting)
        and action.owner.organisation.pk == acting.organisation_id
    )


def may_call_an_error(acting: Acting, action: Action) -> bool:
    """Whether they may say that it was entered in error: the party that entered it."""
    return (
        action.state != Action.State.IN_ERROR
        and RECORDERS.includes(acting)
        and stands_for(action.agreement, acting.organisation_id, action.recorded_for_id)
    )


def require_recorder(by: Acting, agreement: Agreement) -> None:
    """Raises NotYours for who may only read, or no longer holds a side."""
    require_role(by, RECORDERS)
    side_of(agreement, by)


def require_work_on(by: Acting, action: Action) -> None:
    if not is_named(by, action):
        require_recorder(by, action.agreement)


def require_owner_side(by: Acting, action: Action) -> None:
    """Raises NotYours for everybody but recorders of the party that owns the action."""
    require_role(by, RECORDERS)
    if action.owner.organisation.pk != by.organisation_id:
        raise NotYours(f"Only {action.owner.name} can say whether this action is right.")


def require_party_that_entered(by: Acting, action: Action) -> None:
    require_role(by, RECORDERS)
    if not stands_for(action.agreement, by.organisation_id, action.recorded_for_id):
        raise NotYours(f"Only {action.recorded_for} can say that it entered this action in error.")


def standing_for(by: Acting, owner: Party) -> str:
    """How an action stands that they record or change for this owner."""
    own = owner.organisation.pk == by.organisation_id
    return Action.Standing.OWN if own else Action.Standing.AWAITED


def require_in_force(agreement: Agreement) -> None:
    if not agreement.takes_acts:
        raise Refused("Actions are recorded for agreements that are in force.")
