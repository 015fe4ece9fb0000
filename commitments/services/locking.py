from __future__ import annotations

from commitments.models import Action
from house.lifecycle import lock
from house.refusals import Refused


def locked(action: Action) -> Action:
    """The agreement's row first, as whoever records an action locks it, then the action's."""
    lock(action.agreement)
    return lock(action)


def require_open(action: Action) -> None:
    if not action.is_open:
        state = action.get_state_display().lower()
        raise Refused(f"This action is {state} now, so this can no longer be done.")
