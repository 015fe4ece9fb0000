"""What a meeting does with actions of others: it carries them on, and confirms its own."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from audit.services import write_entry
from commitments.models import Action
from commitments.services.due import keep_deadlines
from house.lifecycle import lock
from parties.acting import Acting


def carry(actions: Iterable[Action], *, by_one: int = 1) -> None:
    """Counts one more meeting to which each was carried while open; -1 takes one back."""
    with transaction.atomic():
        for action in actions:
            current = lock(action)
            current.carried = max(0, current.carried + by_one)
            current.save(update_fields=["carried"])


def confirm_agreed(*, by: Acting, source_key: str) -> int:
    """Whoever confirms a meeting's record confirms its open actions for their own party.

    Returns how many. Call it with the agreements' rows locked.
    """
    awaited = Action.objects.visible_to(by).filter(
        source_key=source_key, state=Action.State.OPEN, standing=Action.Standing.AWAITED
    )
    own = [a for a in awaited if a.owner.organisation.pk == by.organisation_id]
    for action in own:
        current = lock(action)
        current.standing = Action.Standing.CONFIRMED
        current.save(update_fields=["standing"])
        keep_deadlines(current)
        write_entry(
            actor=by.who,
            organisation_id=by.organisation_id,
            verb="action_confirmed",
            about=current,
            payload={"with": source_key},
        )
    return len(own)
