"""The key contacts of an agreement, on its page."""

from __future__ import annotations

from django.urls import reverse

from agreements.contacts.pages.naming import Matrix
from agreements.contacts.queries import contacts_of
from agreements.core.parties import parties_of, sides_of
from agreements.core.vacancies import Vacancy, missing_roles, version_of_terms
from agreements.models import Agreement
from house.room import Section
from nhsuk.components import Action
from parties.acting import Acting
from parties.models import Role

KEEPERS = (Role.EDITOR, Role.MANAGER, Role.ADMINISTRATOR)


def vacancies_of(agreement: Agreement) -> list[Vacancy]:
    """The required roles that nobody holds; after the end of an agreement none is."""
    if agreement.is_over:
        return []
    held = {(c.party_id, c.role): c for c in contacts_of(agreement) if c.is_current}
    return missing_roles(version_of_terms(agreement).typed_terms, parties_of(agreement), held)


def section_of(agreement: Agreement, acting: Acting) -> Section:
    matrix, vacant = _matrix(agreement, acting), len(vacancies_of(agreement))
    return Section(
        anchor="contacts",
        heading="Key contacts",
        position=4,
        template="agreements/contacts_section.jinja",
        context={"matrix": matrix},
        note=f"{vacant} vacant" if vacant else "",
        action=_confirm(agreement) if matrix.in_force and matrix.own else None,
    )


def _matrix(agreement: Agreement, acting: Acting) -> Matrix:
    """Roles by parties; those who keep a party's contacts can change them until the end."""
    keeps = acting.has(*KEEPERS) and not agreement.is_over
    own = [party.pk for party in sides_of(agreement, acting)] if keeps else []
    terms, contacts = version_of_terms(agreement).typed_terms, contacts_of(agreement)
    return Matrix(terms, parties_of(agreement), contacts, own, in_force=agreement.has_duties)


def _confirm(agreement: Agreement) -> Action:
    url = reverse("agreements:contacts", args=[agreement.reference])
    return Action("Confirm your contacts", url)
