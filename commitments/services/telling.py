"""Who is told of an action: who has it, and the other parties; found when the e-mail is made."""

from __future__ import annotations

from dataclasses import replace

from agreements.core.parties import parties_of
from agreements.core.recipients import managers_of, why_of
from agreements.core.telling import tell as tell_addresses
from agreements.models import Happening
from commitments.models import Action
from deadlines.kinds import Recipient, of_person
from parties.acting import Acting
from parties.models import Organisation, Person
from parties.reader import is_away, stand_in


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
        for each in sorted(found, key=lambda recipient: recipient.address):
            if each.address not in known:
                known.add(each.address)
                tell_addresses(
                    [each.address], of=of, kind=kind if is_owner else "action_news",
                    at=party.organisation.pk, party=party.pk, action=action.pk,
                    **_why(each, action if is_owner else None),
                )  # fmt: skip


def tell_workers(of: Happening, action: Action, *, but: str) -> None:
    """One e-mail to each who has it from now on, but to this address."""
    for each in workers_on(action):
        if each.address != but:
            tell_addresses(
                [each.address], of=of, kind="action_named", at=action.owner.organisation.pk,
                party=action.owner_id, action=action.pk, **_why(each, action),
            )  # fmt: skip


def _why(told: Recipient, action: Action | None) -> dict[str, str]:
    """For whom they get it, where it is not the person that the action names."""
    if action and action.person_id and told.person_id != action.person_id:
        return {"why": told.why}
    return why_of(told)


def workers_on(action: Action) -> list[Recipient]:
    """The person that it names, or who stands in while they are away; else the MoU manager."""
    found = worker_on(action)
    return [found] if found else managers_of(action.owner)


def worker_on(action: Action) -> Recipient | None:
    """The person that it names; while they are away who stands in, if somebody does."""
    return worker_for(action.person, action.owner.organisation, f"action {action.number}")


def worker_for(person: Person | None, organisation: Organisation, what: str) -> Recipient | None:
    """Whoever has something for the organisation, or who stands in while they are away; None where
    nobody has it or stands in. `what` is "action 3"."""
    if person is None:
        return None
    if is_away(person, organisation):
        instead = stand_in(person, organisation)
        if instead is None or is_away(instead, organisation):
            return None
        gone = f"{person.name}, who has {what} for {organisation}, is away"
        told = of_person(instead, organisation, f"{gone} and you stand in.")
        return replace(told, stands_in=True) if told else None
    return of_person(person, organisation, f"{what} is yours, for {organisation}.")


def with_managers(action: Action) -> list[Recipient]:
    """The same and the owner's MoU manager, each address once: an overdue action is theirs too."""
    found: dict[str, Recipient] = {}
    for recipient in [*workers_on(action), *managers_of(action.owner)]:
        found.setdefault(recipient.address, recipient)
    return list(found.values())
