"""Key contacts: each party keeps its own, and the other is told (A27)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from agreements.contacts.due import set_contacts_due
from agreements.contacts.services.newcomers import Named, Newcomer, lock_for
from agreements.contacts.services.proposing import answer_proposals, propose
from agreements.core.access import write_access
from agreements.core.parties import parties_of, require_role, sides_of, version_of_terms
from agreements.core.telling import record, tell_managers
from agreements.models import Agreement, KeyContact, Party
from house import clock
from house.lifecycle import lock
from house.once import one_job
from house.refusals import NotYours, Refused
from house.rooms import rooms
from parties.acting import Acting
from parties.models import Person, Team
from parties.who import CONTACT_KEEPERS

Said = Mapping[str, Mapping[str, Mapping[str, Any]]]


def name_contact(
    *,
    by: Acting,
    party: Party,
    role: str,
    person: Person | Newcomer | None = None,
    team: Team | None = None,
    deputy: Person | Newcomer | None = None,
    job_title: str = "",
    phone: str = "",
    postal_address: str = "",
) -> KeyContact:
    """Names who holds a contact role of one's own party from today; the one before ends.

    Telephone number and postal address are given where the terms ask for them. Raises NotYours for
    the other party's contacts, Refused for neither or both of person and team and for a deputy who
    is the person.
    """
    check_own_side(by, party)
    with one_job():
        lock_for(party.organisation, person, deputy)
        party.agreement = lock(party.agreement)
        return put_in_role(
            by=by, party=party, role=role, person=person, team=team, deputy=deputy,
            job_title=job_title, phone=phone, postal_address=postal_address,
        )  # fmt: skip


def put_in_role(
    *,
    by: Acting,
    party: Party,
    role: str,
    person: Person | Newcomer | None = None,
    team: Team | None = None,
    deputy: Person | Newcomer | None = None,
    job_title: str = "",
    phone: str = "",
    postal_address: str = "",
    verb: str = "contact_named",
    **on_record: str,
) -> KeyContact:
    """The same for a service that has locked the agreement and checked who asks."""
    named = Named(by, party)
    contact = KeyContact(
        party=party,
        role=role,
        person=named.person(person),
        team=team,
        deputy=named.person(deputy, field="deputy_email"),
        starts_on=clock.today(),
        phone=phone,
        postal_address=postal_address,
    )
    _check_who(contact)
    contact.job_title = job_title or named.job_title(person)
    _check_is_a_change(contact)
    _end_open(party, role)
    contact.save()
    answer_proposals(contact, by)
    _record(by, party, role, verb, who=str(contact.person or contact.team), **on_record)
    for room in rooms():
        room.contact_named(party, by)
    return contact


def end_contact(*, by: Acting, party: Party, role: str) -> None:
    """Leaves a contact role of one's own party vacant. The vacancy is shown to both sides."""
    check_own_side(by, party)
    with one_job():
        party.agreement = lock(party.agreement)
        if not _end_open(party, role):
            raise Refused("Nobody holds this role now.")
        _record(by, party, role, "contact_ended")


def name_contacts(*, by: Acting, agreement: Agreement, contacts: Said) -> None:
    """Names the contacts said while setting up: {slot: {role: {person, deputy}}}.

    Each is the id of a person or, for somebody new, what a Newcomer holds. Those of other parties
    are proposed: each party keeps its own.
    """
    with transaction.atomic():
        lock(agreement)
        own = sides_of(agreement, by)
        for party in parties_of(agreement):
            if party in own:
                _name_own(by, party, contacts.get(party.key, {}))
            else:
                propose(by=by, party=party, contacts=contacts.get(party.key, {}))
        write_access(agreement)
        set_contacts_due(agreement)


def _name_own(by: Acting, party: Party, contacts: Mapping[str, Mapping[str, Any]]) -> None:
    named = Named(by, party)
    for role, said in contacts.items():
        if person := named.person(said.get("person"), field=f"{party.key}-{role}-email"):
            KeyContact.objects.create(
                party=party,
                role=role,
                person=person,
                deputy=named.person(said.get("deputy")),
                job_title=named.job_title(said.get("person")),
                starts_on=clock.today(),
            )


def check_own_side(by: Acting, party: Party) -> None:
    """Raises NotYours for the other party's contacts, and for a role that keeps none."""
    require_role(by, CONTACT_KEEPERS)
    if party.pk not in {side.pk for side in sides_of(party.agreement, by)}:
        raise NotYours("Each party keeps its own key contacts. Ask theirs to change this.")


def _check_who(contact: KeyContact) -> None:
    if bool(contact.person) == bool(contact.team):
        raise Refused("Choose a person or a team.", field="holder")
    if contact.person and contact.person == contact.deputy:
        raise Refused("Choose somebody else as the deputy.", field="deputy")


def _check_is_a_change(contact: KeyContact) -> None:
    """Nobody is told of a change that is none, as after a second press of Save."""
    same = contact.party.contacts.filter(
        role=contact.role,
        person=contact.person,
        team=contact.team,
        deputy=contact.deputy,
        job_title=contact.job_title,
        phone=contact.phone,
        postal_address=contact.postal_address,
        ends_on=None,
    )
    if same.exists():
        raise Refused("This is how it is already. Nothing was changed.")


def _end_open(party: Party, role: str) -> bool:
    """Ends who holds the role; whoever is known to leave makes room at once too."""
    held = list(party.contacts.filter(role=role).current())
    for contact in held:
        end_now(contact)
    return bool(held)


def end_now(contact: KeyContact) -> None:
    """Ends a contact as of yesterday, or today if it began today."""
    yesterday = clock.today() - timedelta(days=1)
    contact.ends_on = max(yesterday, contact.starts_on or yesterday)
    contact.save(update_fields=["ends_on"])


def _record(by: Acting, party: Party, key: str, verb: str, **data: Any) -> None:
    """Writes down and tells; the role is written as the terms call it today."""
    roles = version_of_terms(party.agreement).typed_terms.contact_roles_of(party.slot)
    label = next((role.label for role in roles if role.key == key), key)
    happening = record(
        by=by, verb=verb, agreement=party.agreement, party=party.name, role=label, **data
    )
    write_access(party.agreement)
    set_contacts_due(party.agreement)
    tell_managers(of=happening, kind="contacts_changed", by=by, others_only=True)
