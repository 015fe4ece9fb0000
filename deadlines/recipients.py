"""Who is told of a deadline, found when the reminder is due.

By default its holders that act: a person (or, where they are away, whoever holds the role), a team
at its address, everybody who holds a role.
"""

from __future__ import annotations

from collections.abc import Iterator

from deadlines.kinds import Recipient
from deadlines.models import Deadline, Holder
from parties.models import Organisation, Person, Role, Team
from parties.reader import away, holders


def of_holders(deadline: Deadline, why: str = "") -> list[Recipient]:
    """The recipients of every holder that acts, each address once. `why` says it for a person."""
    holders = deadline.holders.filter(watches=False).select_related(
        "organisation", "person", "team"
    )
    found = (each for holder in holders for each in _of(holder, why))
    return list({recipient.address: recipient for recipient in found}.values())


def of_role(organisation: Organisation, role: str) -> list[Recipient]:
    """Everybody who holds the role in the organisation today, and is not away if others are not."""
    held = holders([(organisation.pk, role)])[organisation.pk, role]
    people = {user.person_id: user for user in held if user.person_id}
    absent = away(people)
    there = [user for pk, user in people.items() if not absent[pk]]
    label = Role(role).label
    label = label if label.startswith("MoU") else label.lower()
    return [
        Recipient(
            user.email, f"you are {label} of {organisation}.", organisation.pk, user.person_id
        )
        for user in there or people.values()
    ]


def of_person(person: Person, organisation: Organisation, why: str) -> Recipient | None:
    """The person at their address; None where none is known."""
    address = person.user.email if hasattr(person, "user") else person.email
    return Recipient(address, why, organisation.pk, person.pk) if address else None


def of_team(team: Team) -> Recipient:
    return Recipient(team.address, f"it goes to the team {team.name}.", team.organisation_id)


def _of(holder: Holder, why: str) -> Iterator[Recipient]:
    organisation = holder.organisation
    if holder.person:
        found = of_person(holder.person, organisation, why or f"it is yours, for {organisation}.")
        if found:
            yield found
    elif holder.team:
        yield of_team(holder.team)
    else:
        yield from of_role(organisation, holder.role or Role.MANAGER)
