"""What key contacts answer to the rooms below and to the agreement's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from agreements.contacts.matrix import section_of
from agreements.contacts.queries import ContactStanding, standings_of
from agreements.contacts.reminders.of_confirmation import CONFIRMATION
from agreements.contacts.reminders.of_vacancy import VACANCY
from agreements.contacts.services.joining import join_contacts
from agreements.contacts.services.leaving import leave_contacts
from agreements.core.parties import (
    Vacancy,
    contacts_in,
    missing_roles,
    vacant_in_words,
    versions_in_force,
    versions_of_terms,
)
from agreements.core.reached import subpage_url
from agreements.models import Agreement, KeyContact, Party, PartySpell, Version
from deadlines.kinds import DeadlineKind
from house import clock
from house.room import Evidence, Keeping, Room, Section
from house.rooms import register
from nhsuk.dates import day
from nhsuk.words import plural
from parties.acting import Acting
from parties.models import Organisation, Person
from parties.queries import Holding
from parties.services.people import Joining, Leaving

# The contacts are asked so long before.
ASKED = timedelta(days=14)


def _keeping(
    version: Version,
    held: dict[tuple[int, str], KeyContact],
    standings: dict[int, list[ContactStanding]],
    today: date,
) -> Keeping:
    agreement, terms = version.agreement, version.typed_terms
    parties = agreement.sides
    if not terms.contact_roles:
        return Keeping("nothing_yet", "The terms name no contact roles.")
    missing = missing_roles(terms, parties, held)
    own = [standing for party in parties for standing in standings[party.pk]]
    evidence = _evidence(agreement, parties, standings)
    return (
        _vacant(missing, evidence)
        or _late(own, today, evidence)
        or Keeping("kept", _known(terms.months_between_confirmations), evidence)
    )


def _vacant(missing: Sequence[Vacancy], evidence: tuple[Evidence, ...]) -> Keeping | None:
    if not missing:
        return None
    now = [vacancy for vacancy in missing if not vacancy.leaving]
    sentence = " ".join(vacant_in_words(missing))
    return Keeping("missed" if now else "due", sentence, evidence)


def _late(
    own: Sequence[ContactStanding], today: date, evidence: tuple[Evidence, ...]
) -> Keeping | None:
    if not own:
        return Keeping("nothing_yet", "No contact is named.")
    first = min(standing.due_on for standing in own)
    if first < today:
        late = [standing.contact for standing in own if standing.due_on < today]
        sentence = f"{_people_in(late)} not confirmed; the first was due on {day(first)}."
        return Keeping("missed", sentence, evidence)
    if first <= today + ASKED:
        return Keeping("due", f"Contacts are to be confirmed by {day(first)}.", evidence)
    return None


def _people_in(contacts: Sequence[KeyContact]) -> str:
    """Each person or team once for its party: "1 contact, in 3 roles,"."""
    held = {(each.party_id, each.person_id, each.team_id) for each in contacts}
    many = f", in {plural(len(contacts), 'role')}," if len(contacts) > len(held) else ""
    return f"{plural(len(held), 'contact')}{many}"


def _known(months: int) -> str:
    """Naming somebody says so too: not each of them was asked."""
    return (
        "Every required role is held, and each contact was named or confirmed in the last "
        f"{plural(months, 'month')}."
    )


def _evidence(
    agreement: Agreement, parties: Iterable[Party], standings: dict[int, list[ContactStanding]]
) -> tuple[Evidence, ...]:
    """For each party since when all its contacts are known to be right."""
    url = subpage_url(agreement.reference, "people")
    return tuple(
        Evidence(f"{party.name}, {day(min(each.known_on for each in found))}", url)
        for party in parties
        if (found := standings[party.pk])
    )


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
        """Agreement id -> the answer, for those that were ever in force (two queries)."""
        signed, today = versions_in_force(agreements), clock.today()
        parties = {party.pk: party for each in signed for party in each.agreement.sides}
        held, standings = contacts_in(parties), defaultdict(list)
        for standing in standings_of(list(parties.values())):
            standings[standing.contact.party_id].append(standing)
        return {
            each.agreement_id: {"key_contacts": _keeping(each, held, standings, today)}
            for each in signed
        }

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [CONFIRMATION, VACANCY]

    def person_leaves(self, leaving: Leaving) -> None:
        leave_contacts(leaving)

    def person_joins(self, joining: Joining) -> None:
        join_contacts(joining)

    def holdings(self, person: Person, organisation: Organisation, most: int) -> list[Holding]:
        """Contact roles that the person holds for the organisation, or stands in for."""
        sides = PartySpell.objects.filter(organisation=organisation).values("party")
        mine = Q(person=person) | Q(deputy=person)
        contacts = KeyContact.objects.filter(mine, party__in=sides).current()
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
    deputy = "Deputy: " if contact.person_id != person.pk else ""
    url = reverse("agreements:contact", args=[agreement.reference, party.key, contact.role])
    return Holding(f"{deputy}{label} of {agreement.reference}", url)


register(ContactsRoom())
