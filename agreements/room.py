"""What the room of agreements answers to the rooms below it and to the home page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse

from agreements.contacts.services.leaving import leave_contacts
from agreements.core.next_dates import write_next_dates
from agreements.core.vacancies import version_of_terms
from agreements.models import Agreement, KeyContact, PartySpell, SignatureRequest
from agreements.page import keeping
from agreements.page.due import KINDS
from agreements.page.home import rows_of, todos_of
from agreements.page.queries import home, listing
from agreements.page.queries.people import people_on_agreements_of
from deadlines.kinds import DeadlineKind
from house.room import AgreementRow, Keeping, NavigationEntry, Room, Todo
from house.rooms import register
from house.wall import WhoAsks
from parties.acting import Acting
from parties.holdings import Holding
from parties.models import Organisation, Person, Role
from parties.services.people import Leaving

ON_HOME_PAGE = 25


class AgreementsRoom(Room):
    name = "agreements"

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        if acting.organisation is None:
            return []
        entries = [NavigationEntry("Agreements", "agreements:list", 1)]
        if acting.has(Role.EDITOR, Role.MANAGER):
            entries.append(NavigationEntry("Templates", "templates:list", 8, in_footer=True))
        return entries

    def todo(self, acting: Acting) -> list[Todo]:
        """The open steps of versions and copies; what has a deadline the home page reads itself."""
        if acting.organisation is None:
            return []
        return todos_of(home.waiting(acting), acting)

    def my_agreements(self, acting: Acting) -> list[AgreementRow]:
        """The agreements with the nearest dates."""
        if acting.organisation is None:
            return []
        nearest = listing.found(acting, {})[:ON_HOME_PAGE]
        return rows_of(listing.with_details(nearest, acting))

    def keeping_kinds(self) -> dict[str, str]:
        return keeping.KINDS

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> dict[int, dict[str, Keeping]]:
        return keeping.keepings(agreements)

    def deadline_kinds(self) -> list[DeadlineKind]:
        return KINDS

    def deadlines_changed(self, references: Sequence[str]) -> None:
        write_next_dates(references)

    def people_shared_with(self, acting: WhoAsks) -> set[int]:
        """Whoever has a part in an agreement that the acting organisation may see."""
        return people_on_agreements_of(acting)

    def person_leaves(self, leaving: Leaving) -> None:
        leave_contacts(leaving)

    def holdings(self, person: Person, organisation: Organisation) -> list[Holding]:
        """The person's contact roles for the organisation, and signatures asked of them."""
        sides = PartySpell.objects.filter(organisation=organisation).values("party")
        return [*_contact_roles(person, sides), *_signatures(person, sides)]


register(AgreementsRoom())


def _contact_roles(person: Person, sides: Any) -> list[Holding]:
    mine = Q(person=person) | Q(deputy=person)
    contacts = KeyContact.objects.filter(mine, party__in=sides).current()
    found = []
    for contact in contacts.select_related("party__agreement__in_force_version"):
        agreement, slot = contact.party.agreement, contact.party.slot
        roles = version_of_terms(agreement).typed_terms.contact_roles_of(slot)
        label = next((role.label for role in roles if role.key == contact.role), contact.role)
        deputy = "Deputy: " if contact.person_id != person.pk else ""
        url = reverse("agreements:contact", args=[agreement.reference, slot, contact.role])
        found.append(Holding(f"{deputy}{label} of {agreement.reference}", url))
    return found


def _signatures(person: Person, sides: Any) -> list[Holding]:
    asked = SignatureRequest.objects.filter(
        person=person, party__in=sides, state__in=["asked", "not_ready"]
    )
    found = []
    for request in asked.select_related("version__agreement"):
        version, reference = request.version, request.version.agreement.reference
        url = reverse("agreements:version", args=[reference, version.seq])
        found.append(Holding(f"Asked to sign version {version.label} of {reference}", url))
    return found
