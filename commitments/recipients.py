"""Who is told of an action, found when the e-mail is made."""

from __future__ import annotations

from agreements.core.telling import managers_of
from commitments.models import Action
from deadlines.kinds import Recipient
from deadlines.recipients import of_person
from parties.absence import is_away


def workers_on(action: Action) -> list[Recipient]:
    """The person that it names; while they are away, or nobody is named, the MoU manager."""
    organisation = action.owner.organisation
    if action.person and not is_away(action.person):
        why = f"action {action.number} is yours, for {organisation}."
        found = of_person(action.person, organisation, why)
        if found:
            return [found]
    return managers_of(action.owner)


def with_managers(action: Action) -> list[Recipient]:
    """The same and the owner's MoU manager, each address once: an overdue action is theirs too."""
    found: dict[str, Recipient] = {}
    for recipient in [*workers_on(action), *managers_of(action.owner)]:
        found.setdefault(recipient.address, recipient)
    return list(found.values())
