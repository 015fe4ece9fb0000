"""Who of a party is told: its key contact, their deputy while they are away, else the role.

Rights follow the role; mail goes to the key contact (design.md, section 4).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from agreements.core.parties import contacts_in
from agreements.core.vacancies import version_of_terms
from agreements.models import KeyContact, Party, read_holders
from agreements.terms import MANAGER_ROLE
from deadlines.kinds import Recipient
from deadlines.recipients import of_person, of_role, of_team
from house.once import read_together
from nhsuk.words import in_sentence
from parties.absence import is_away
from parties.models import Role
from parties.reader import away, holders


def managers_of(party: Party) -> list[Recipient]:
    """The party's MoU manager for the agreement, else everybody who holds the role there."""
    return contacts_of(party, MANAGER_ROLE)


def managers_by_party(parties: Iterable[Party]) -> dict[int, list[Recipient]]:
    """Party id -> its managers, in as few queries for many as for one (six at most)."""
    asked = list(parties)
    with read_together():
        read_holders(asked)
        named = contacts_in(party.pk for party in asked).values()
        there = holders((party.organisation.pk, Role.MANAGER) for party in asked).values()
        away(
            {pk for contact in named for pk in (contact.person_id, contact.deputy_id) if pk}
            | {user.person_id for user in chain(*there) if user.person_id}
        )
        return {party.pk: managers_of(party) for party in asked}


def contacts_of(party: Party, role: str) -> list[Recipient]:
    """Who stands for the party in a contact role; its MoU manager if nobody can be reached.

    A contact who is away is replaced by the deputy, if there is one who is not.
    """
    contact = contacts_in([party.pk]).get((party.pk, role))
    found = _of_contact(party, contact) if contact else None
    if found:
        return [found]
    if role != MANAGER_ROLE:
        return managers_of(party)
    return of_role(party.organisation, Role.MANAGER)


def _of_contact(party: Party, contact: KeyContact) -> Recipient | None:
    if contact.team:
        return of_team(contact.team)
    assert contact.person  # noqa: S101 - a contact is a person or a team
    label = role_label(party, contact.role)
    organisation = party.organisation
    if is_away(contact.person) and contact.deputy and not is_away(contact.deputy):
        why = f"{contact.person.name}, {label} for {organisation}, is away and you are the deputy."
        return of_person(contact.deputy, organisation, why)
    return of_person(contact.person, organisation, f"you are {label} for {organisation}.")


def role_label(party: Party, key: str) -> str:
    """The contact role as the terms call it, ready for a sentence: "MoU manager"."""
    roles = version_of_terms(party.agreement).typed_terms.contact_roles_of(party.slot)
    return next((in_sentence(role.label) for role in roles if role.key == key), key)
