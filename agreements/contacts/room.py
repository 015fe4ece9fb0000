"""What key contacts answer to the rooms below and to the agreement's page."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from agreements.contacts import keeping
from agreements.contacts.due import contacts_confirmed, role_vacant
from agreements.contacts.matrix import section_of
from agreements.contacts.services.leaving import leave_contacts
from agreements.core.vacancies import version_of_terms
from agreements.models import Agreement, KeyContact, PartySpell
from deadlines.kinds import DeadlineKind
from house.room import Keeping, Room, Section
from house.rooms import register
from parties.acting import Acting
from parties.holdings import Holding
from parties.models import Organisation, Person
from parties.services.people import Leaving

SENTENCES = {
    "contact_named": "{actor} named {who} as {role_said} for {party}.",
    "contacts_confirmed": "{actor} confirmed the key contacts of {party}: {roles_said}.",
    "contact_confirmed": "{who} confirmed that they are still {roles_said} for {party}.",
    "contact_details_changed": "{who} confirmed that they are still {roles_said} for {party}, with "
    "new details.",
    "contact_no_longer": "{who} said that they are no longer {roles_said} for {party}.",
    "contact_leaves": "{who} leaves {party} on {last}: nobody follows yet as {role_said}.",
    "deputy_leaves": "{who} leaves {party} on {last} and is no longer deputy of the {role_said}.",
    "contact_ended": "{actor} left the role of {role_said} vacant for {party}.",
}


class ContactsRoom(Room):
    name = "agreements.contacts"

    def sections(self, agreements: Sequence[Agreement], acting: Acting) -> dict[int, list[Section]]:
        return {each.pk: [section_of(each, acting)] for each in agreements}

    def keeping_kinds(self) -> dict[str, str]:
        return {keeping.KEY: "the list of key contacts"}

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> dict[int, dict[str, Keeping]]:
        return {pk: {keeping.KEY: each} for pk, each in keeping.keepings(agreements).items()}

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [contacts_confirmed.KIND, role_vacant.KIND]

    def person_leaves(self, leaving: Leaving) -> None:
        leave_contacts(leaving)

    def holdings(self, person: Person, organisation: Organisation) -> list[Holding]:
        """Contact roles that the person holds for the organisation, or stands in for."""
        sides = PartySpell.objects.filter(organisation=organisation).values("party")
        mine = Q(person=person) | Q(deputy=person)
        contacts = KeyContact.objects.filter(mine, party__in=sides).current()
        rows = contacts.select_related("party__agreement__in_force_version")
        return [_holding(contact, person) for contact in rows]

    def sentences(self) -> dict[str, str]:
        return SENTENCES


def _holding(contact: KeyContact, person: Person) -> Holding:
    agreement, slot = contact.party.agreement, contact.party.slot
    roles = version_of_terms(agreement).typed_terms.contact_roles_of(slot)
    label = next((role.label for role in roles if role.key == contact.role), contact.role)
    deputy = "Deputy: " if contact.person_id != person.pk else ""
    url = reverse("agreements:contact", args=[agreement.reference, slot, contact.role])
    return Holding(f"{deputy}{label} of {agreement.reference}", url)


register(ContactsRoom())
