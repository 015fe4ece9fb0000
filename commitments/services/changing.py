"""Changing an open action, and the owner's word on what another party recorded for it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from agreements.core.confirming import require_reason
from agreements.models import Party
from commitments.models import Action
from commitments.rules import require_owner_side, require_recorder, standing_for
from commitments.services.due import keep_deadline
from commitments.services.locking import locked, require_open
from commitments.services.recording import check_owner, note
from commitments.services.telling import tell
from house.refusals import ChangedMeanwhile, Refused
from parties.acting import Acting
from parties.models import Person

Standing = Action.Standing


def change_action(
    *,
    by: Acting,
    action: Action,
    edit_no: int,
    what: str,
    owner: Party,
    person: Person | None = None,
    details: str = "",
    due_on: date | None = None,
) -> bool:
    """Changes an open action that was read as number `edit_no`. Returns whether anything changed.

    What a party changes for another waits for the owner's word again. Raises Refused when
    somebody else changed it since.
    """
    require_recorder(by, action.agreement)
    wanted = {
        "what": what, "details": details, "owner": owner, "person": person, "due_on": due_on
    }  # fmt: skip
    with transaction.atomic():
        current = locked(action)
        require_open(current)
        check_owner(current.agreement, owner, person)
        if all(getattr(current, name) == value for name, value in wanted.items()):
            return False
        if current.edit_no != edit_no:
            raise ChangedMeanwhile("action", current.edit_no)
        newly_named = (current.owner, current.person) != (owner, person)
        _write(current, by, wanted)
        happening = note(by, current, "action_changed", party=owner.name)
        tell(of=happening, action=current, by=by, newly_named=newly_named)
    return True


def answer_action(*, by: Acting, action: Action, agrees: bool, because: str = "") -> None:
    """The owner confirms what another party recorded for it, or says what is not right."""
    require_owner_side(by, action)
    require_reason(agrees=agrees, because=because)
    with transaction.atomic():
        current = locked(action)
        require_open(current)
        wanted = Standing.CONFIRMED if agrees else Standing.DISPUTED
        if current.standing == Standing.OWN:
            raise Refused("Your organisation recorded this action itself.")
        if current.standing == wanted:
            return  # said already, by a colleague or with the press before
        current.standing = wanted
        current.save(update_fields=["standing"])
        keep_deadline(current)
        verb = "action_confirmed" if agrees else "action_disputed"
        happening = note(by, current, verb, because=because)
        tell(of=happening, action=current, by=by)


def _write(action: Action, by: Acting, wanted: dict[str, object]) -> None:
    for name, value in wanted.items():
        setattr(action, name, value)
    action.edit_no += 1
    action.standing = standing_for(by, action.owner)
    action.save()
    keep_deadline(action)
