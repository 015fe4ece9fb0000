"""What key contacts answer to the rooms below and to the agreement's page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Subquery
from django.urls import reverse

from agreements.contacts.kept import kept_of
from agreements.contacts.matrix import section_of
from agreements.contacts.measures import measures
from agreements.contacts.queries import confirmed_counted
from agreements.contacts.reminders.of_confirmation import CONFIRMATION
from agreements.contacts.reminders.of_vacancy import VACANCY
from agreements.contacts.services.joining import join_contacts
from agreements.contacts.services.leaving import (
    deputy_key,
    held_by,
    leave_contacts,
    role_key,
)
from agreements.contacts.services.roles_gone import follow_new_text
from agreements.core.parties import versions_of_terms
from agreements.models import Agreement, KeyContact, Version
from deadlines.kinds import DeadlineKind
from house.answers import Keeping, Measure, Section
from house.room import Room
from house.rooms import register
from parties.acting import Acting
from parties.holdings import Holding
from parties.models import Organisation, Person
from parties.services.people import Joining, Leaving

SENTENCES = {
    "contact_named": "{actor} named {who} as {role_said} for {party}.",
    "contacts_proposed": "{actor} proposed key contacts for {party}: {roles_said}.",
    "contact_not_named": "{actor} did not name whom another party proposed as {role_said} for "
    "{party}.",
    "contact_is_so": "{who} confirmed that they are {role_said} for {party}.",
    "contacts_confirmed": "{actor} confirmed the key contacts of {party}: {roles_said}.",
    "contact_confirmed": "{who} confirmed that they are still {roles_said} for {party}.",
    "contact_details_changed": "{who} confirmed that they are still {roles_said} for {party}, with "
    "new details.",
    "contact_no_longer": "{who} said that they are no longer {roles_said} for {party}.",
    "contact_leaves": "{who} leaves {party} on {last}: nobody follows yet as {role_said}.",
    "deputy_leaves": "{who} leaves {party} on {last} and is no longer deputy of the {role_said}.",
    "role_gone": "{who} was {role_said} for {party}: the new text has no such role.",
    "deputy_follows": "{who} leaves {party} on {last}: {deputy} follows as deputy of the "
    "{role_said}.",
    "contact_ended": "{actor} left the role of {role_said} vacant for {party}.",
}


class ContactsRoom(Room):
    name, called = "agreements.contacts", "Key contacts"

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        return [section_of(agreement, acting)] if subpage == "people" else []

    def keeping_kinds(self) -> dict[str, str]:
        return {"key_contacts": "the list of key contacts"}

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> dict[int, dict[str, Keeping]]:
        """Agreement id -> the answer, for those that were ever in force."""
        return {pk: {"key_contacts": found} for pk, found in kept_of(agreements).items()}

    def counted(self, acting: Acting) -> dict[str, Subquery]:
        return confirmed_counted()

    def text_replaced(self, agreement: Agreement, before: Version, by: Acting) -> None:
        follow_new_text(agreement, before, by)

    def measures(
        self, agreements: Sequence[Agreement], since: date, until: date
    ) -> dict[int, list[Measure]]:
        """Roles are held or vacant at the end of the last day."""
        return measures(agreements, until)

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [CONFIRMATION, VACANCY]

    def held_under(self, person: Person, organisation: Organisation) -> set[int]:
        return set(held_by(person, organisation).values_list("party__agreement", flat=True))

    def person_leaves(self, leaving: Leaving) -> None:
        leave_contacts(leaving)

    def person_joins(self, joining: Joining) -> None:
        join_contacts(joining)

    def holdings(self, person: Person, organisation: Organisation, most: int) -> list[Holding]:
        """Contact roles that the person holds for the organisation, or stands in for."""
        contacts = held_by(person, organisation)
        rows = contacts.select_related("party__agreement__in_force_version").order_by("pk")
        first = list(rows[:most])
        terms = versions_of_terms({contact.party.agreement for contact in first})
        return [_holding(each, person, terms[each.party.agreement_id]) for each in first]

    def sentences(self) -> dict[str, str]:
        return SENTENCES


def _holding(contact: KeyContact, person: Person, version: Version) -> Holding:
    agreement, party = contact.party.agreement, contact.party
    roles = version.typed_terms.contact_roles_of(party.slot)
    label = next((role.label for role in roles if role.key == contact.role), contact.role)
    is_deputy = contact.person_id != person.pk
    deputy = "Deputy: " if is_deputy else ""
    url = reverse("agreements:contact", args=[agreement.reference, party.key, contact.role])
    sheet = reverse("agreements:handover", args=[agreement.reference])
    return Holding(
        f"{deputy}{label} of {agreement.reference}",
        url,
        sheet,
        key=deputy_key(contact) if is_deputy else role_key(contact),
        otherwise="No deputy" if is_deputy else "Vacant",
    )


register(ContactsRoom())
