"""What was done is written down, and who of the parties is told of it.

Rights follow the role; mail goes to the key contact, their deputy while they are away, else to the
role (design.md, section 4).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db import models
from django.db.models import prefetch_related_objects

from agreements.core.in_groups import of_party, put_in_digest
from agreements.core.parties import contacts_in, parties_of, version_of_terms, versions_of_terms
from agreements.models import Agreement, Happening, KeyContact, Party, read_holders
from agreements.terms import MANAGER_ROLE
from audit.services import write_entry
from deadlines.kinds import Recipient, of_person, of_role, of_team
from house import clock
from house.once import read_together
from mail.models import Delivery
from mail.services import delivery, queue_all
from nhsuk.words import and_list, in_sentence
from parties.acting import Acting
from parties.models import Organisation, Person, Role
from parties.reader import is_away, read_roles, there


def record(
    *,
    by: Acting,
    verb: str,
    agreement: Agreement,
    about: models.Model | None = None,
    **data: Any,
) -> Happening:
    """Writes both rows in the caller's transaction. `data` holds plain facts for the sentence."""
    if by.by_link:
        data["by_link"] = by.by_link
    write_entry(
        actor=by.user,
        organisation_id=by.organisation_id,
        verb=verb,
        about=about or agreement,
        payload={"agreement": agreement.reference, **data},
    )
    return Happening.objects.create(
        agreement=agreement,
        at=clock.now(),
        actor=by.who,
        organisation=by.organisation,
        verb=verb,
        data=data,
    )


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
    administrators = of_role(party.organisation, Role.ADMINISTRATOR)
    return of_party(party, held or administrators or _key_contacts(party))


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
    if instead and is_away(contact.person, organisation) and not is_away(instead, organisation):
        why = f"{contact.person.name}, {label} for {organisation}, is away and you are the deputy."
        return of_person(instead, organisation, why)
    found = of_person(contact.person, organisation, f"you are {label} for {organisation}.")
    if found is None and instead:
        gone = f"{contact.person.name}, {label} for {organisation}, cannot be reached"
        return of_person(instead, organisation, f"{gone} and you are the deputy.")
    return found


def role_label(party: Party, key: str) -> str:
    """The contact role as the terms call it, ready for a sentence: "MoU manager"."""
    roles = version_of_terms(party.agreement).typed_terms.contact_roles_of(party.slot)
    return next((in_sentence(role.label) for role in roles if role.key == key), key)


def tell_managers(
    *,
    of: Happening,
    kind: str,
    by: Acting,
    others_only: bool = False,
    but: Collection[Party] = (),
    only: Collection[Party] | None = None,
) -> None:
    """Queues one e-mail to each party's MoU manager, but not to the person who did it.

    `but` are parties that are told of it in another e-mail; `only` are those that it concerns. A
    party that looks after the agreement in a group is told once a day of what the others did.
    """
    own = getattr(by.user, "email", None)
    every = parties_of(of.agreement) if only is None else only
    parties = [party for party in every if party not in but]
    if others_only:
        parties = [p for p in parties if p.organisation.pk != by.organisation_id]
    managers = managers_by_party(parties)
    for party in (each for each in parties if each.told_daily):
        if party.organisation.pk != by.organisation_id:
            put_in_digest(of, managers[party.pk])
    queue_all(
        letter
        for party in parties if not party.told_daily
        for each in managers[party.pk] if each.address != own
        for letter in letters(
            [each.address], of=of, kind=kind, at=party.organisation.pk, party=party.pk,
            person=each.person_id,
        )
    )  # fmt: skip


def addresses_of(people: Iterable[Person], of: Organisation) -> list[str]:
    """Where these people of an organisation read their e-mail, as far as they can be told."""
    return [each.address for each in of_people(people, of)]


def of_people(people: Iterable[Person], of: Organisation) -> list[Recipient]:
    """The same as recipients."""
    return [each for person in people if (each := of_person(person, of, ""))]


def tell(addresses: Iterable[str], *, of: Happening, kind: str, at: int, **context: Any) -> None:
    """Queues one e-mail about what happened to each address, once however often it is asked.

    `at` is the id of the organisation whose managers see it when the e-mail fails.
    """
    queue_all(letters(addresses, of=of, kind=kind, at=at, **context))


def letters(
    addresses: Iterable[str], *, of: Happening, kind: str, at: int, **context: Any
) -> Iterator[Delivery]:
    for address in addresses:
        yield delivery(
            kind=kind,
            address=address,
            organisation_id=at,
            context={"happening": of.pk, **context},
            dedupe=f"{kind}:{of.pk}:{address}",
        )


def told_others(agreement: Agreement, by: Acting) -> str:
    """ "We told the MoU manager of Eastmoor CCG."; whom nobody could tell is named as well."""
    return told_parties(parties_of(agreement), by)


def told_parties(parties: Iterable[Party], by: Acting) -> str:
    """The same for the parties of several agreements."""
    others = [party for party in parties if party.organisation.pk != by.organisation_id]
    reached = managers_by_party(others)
    told = dict.fromkeys(party.name for party in others if reached[party.pk])
    managed = {party.name for party in others if has_manager(party)}
    of_managers = [name for name in told if name in managed]
    administered = {p.name for p in others if of_role(p.organisation, Role.ADMINISTRATOR)}
    of_others = [name for name in told if name in administered - managed]
    of_contacts = [name for name in told if name not in administered | managed]
    sentences = [
        _told(of_managers, "MoU manager"),
        _told(of_others, "administrator"),
        _told(of_contacts, "key contact"),
    ]
    if nobody := dict.fromkeys(p.name for p in others if p.name not in told):
        verb = "has" if len(nobody) == 1 else "have"
        sentences.append(f"{and_list(nobody)} {verb} nobody here yet: nobody there is told yet.")
    return " ".join(filter(None, sentences))


def _told(names: Sequence[str], whom: str) -> str:
    many = "s" if len(names) > 1 else ""
    return f"We told the {whom}{many} of {and_list(names)}." if names else ""
