"""Who is told by e-mail of what happened to an action: who has it, and the other parties."""

from __future__ import annotations

from agreements.core.parties import parties_of
from agreements.core.telling import managers_of
from agreements.core.telling import tell as tell_addresses
from agreements.models import Happening
from commitments.models import Action
from commitments.recipients import workers_on
from parties.acting import Acting


def tell(*, of: Happening, action: Action, by: Acting, newly_named: bool = False) -> None:
    """One e-mail to each person, but not to whoever did it. `newly_named`: who has it may not know.

    The owner's side is told in person; of the other parties the MoU manager.
    """
    known = {getattr(by.user, "email", "")}
    kind = "action_named" if newly_named else "action_news"
    for party in [action.owner, *parties_of(action.agreement)]:
        is_owner = party.pk == action.owner_id
        found = workers_on(action) if is_owner else managers_of(party)
        if not is_owner and party.organisation.pk == by.organisation_id:
            continue  # those who did it know
        addresses = {each.address for each in found} - known
        known |= addresses
        tell_addresses(
            sorted(addresses), of=of, kind=kind if is_owner else "action_news",
            at=party.organisation.pk, party=party.pk, action=action.pk,
        )  # fmt: skip
