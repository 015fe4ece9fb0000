"""Who of a party is written to: whoever stands for it in a contact role, and can be reached.

Rights follow the role; mail goes to the key contact, their deputy while they are away, else to the
role (design.md, section 4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import prefetch_related_objects

from agreements.core.in_groups import of_party
from agreements.core.parties import contacts_in, version_of_terms, versions_of_terms
from agreements.models import KeyContact, Party, read_holders
from agreements.terms import MANAGER_ROLE
from deadlines.kinds import Recipient, of_person, of_role, of_team
from house.once import read_together
from nhsuk.words import in_sentence
from parties.models import Organisation, Person, Role
from parties.reader import is_away, read_roles, stand_in, there


def managers_of(party: Party) -> list[Recipient]:
    """The party's MoU manager for the agreement, else everybody who holds the role there; where
    nobody does, its administrators; and of a party that has nobody here its key contacts."""
    return contacts_of(party, MANAGER_ROLE)


def managers_by_party(parties: Iterable[Party]) -> dict[int, list[Recipient]]:
    """Party id -> its managers, in as few queries for many as for one."""
    asked = list(parties)
    with read_together():
        read_managers(asked)
        return {party.pk: managers_of(party) for party in asked}


def read_managers(parties: Iterable[Party]) -> None:
    """Keeps at hand the managers of these parties (eight queries at most, for any number; two where
    each has a contact and was read with its agreement)."""
    asked = list(parties)
    read_holders(asked)
    contacts = contacts_in(party.pk for party in asked)
    named = [party for party in asked if (party.pk, MANAGER_ROLE) in contacts]
    prefetch_related_objects(named, "agreement")
    versions_of_terms([party.agreement for party in named])
    known = ((contacts[party.pk, MANAGER_ROLE], party.organisation.pk) for party in named)
    there((pk, of) for held, of in known for pk in (held.person_id, held.deputy_id) if pk)
    rest = [party for party in asked if not _contact(party, MANAGER_ROLE)]
    read_roles((party.organisation.pk, Role.MANAGER) for party in rest)
    without = [party for party in rest if not of_role(party.organisation, Role.MANAGER)]
    read_roles((party.organisation.pk, Role.ADMINISTRATOR) for party in without)


def contacts_of(party: Party, role: str) -> list[Recipient]:
    """Who stands for the party in a contact role; its MoU manager if nobody can be reached.

    A contact who is away is replaced by the deputy, if there is one who is not.
    """
    if named := _contact(party, role):
        return of_party(party, [named])
    if role != MANAGER_ROLE:
        return managers_of(party)
    held = of_role(party.organisation, Role.MANAGER)
    held = held or of_role(party.organisation, Role.ADMINISTRATOR)
    return of_party(party, held or _key_contacts(party))


def _key_contacts(party: Party) -> list[Recipient]:
    """Whoever can be reached in a role that gets mail, each once: practices live in e-mail."""
    held = contacts_in([party.pk]).values()
    found = (_of_contact(party, each) for each in held if gets_mail(party, each.role))
    return list({each.address: each for each in found if each}.values())


def has_manager(party: Party) -> bool:
    """Whether an MoU manager of the party can be reached; else its administrators are."""
    return bool(_contact(party, MANAGER_ROLE) or of_role(party.organisation, Role.MANAGER))


def _contact(party: Party, role: str) -> Recipient | None:
    """Who stands for the party in the role by name, and can be reached; nobody where the terms
    say that the role gets no mail."""
    contact = contacts_in([party.pk]).get((party.pk, role))
    return _of_contact(party, contact) if contact and gets_mail(party, role) else None


def gets_mail(party: Party, role: str) -> bool:
    """Whether the portal writes to whoever holds the contact role."""
    return version_of_terms(party.agreement).typed_terms.writes_to(party.slot, role)


def _of_contact(party: Party, contact: KeyContact) -> Recipient | None:
    if contact.team:
        return of_team(contact.team)
    assert contact.person  # noqa: S101 - a contact is a person or a team
    label = role_label(party, contact.role)
    organisation = party.organisation
    instead = contact.deputy
    if told := _who_stands_in(contact.person, organisation, label, instead):
        return told
    found = of_person(contact.person, organisation, f"you are {label} for {organisation}.")
    if found is None and instead:
        gone = f"{contact.person.name}, {label} for {organisation}, cannot be reached"
        return _instead(of_person(instead, organisation, f"{gone} and you are the deputy."))
    return found


def _who_stands_in(
    person: Person, organisation: Organisation, label: str, deputy: Person | None
) -> Recipient | None:
    """While they are away whoever they said for these days, else the deputy of the role; the e-mail
    says for whom."""
    if not is_away(person, organisation):
        return None
    away = f"{person.name}, {label} for {organisation}, is away and you"
    said = ((stand_in(person, organisation), "stand in."), (deputy, "are the deputy."))
    present = ((each, are) for each, are in said if each and not is_away(each, organisation))
    told = (of_person(each, organisation, f"{away} {are}") for each, are in present)
    return _instead(next(filter(None, told), None))


def _instead(found: Recipient | None) -> Recipient | None:
    return replace(found, stands_in=True) if found else None


def why_of(recipient: Recipient) -> dict[str, str]:
    """What an e-mail's context holds of whoever stands in: for whom they get it."""
    return {"why": recipient.why} if recipient.stands_in else {}


def role_label(party: Party, key: str) -> str:
    """The contact role as the terms call it, ready for a sentence: "MoU manager"."""
    roles = version_of_terms(party.agreement).typed_terms.contact_roles_of(party.slot)
    return next((in_sentence(role.label) for role in roles if role.key == key), key)


def addresses_of(people: Iterable[Person], of: Organisation) -> list[str]:
    """Where these people of an organisation read their e-mail, as far as they can be told."""
    return [each.address for each in of_people(people, of)]


def of_people(people: Iterable[Person], of: Organisation) -> list[Recipient]:
    """The same as recipients."""
    return [each for person in people if (each := of_person(person, of, ""))]
