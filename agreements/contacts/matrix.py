"""Key contacts on the agreement's page: roles by parties, vacancies in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from agreements.contacts.queries import contacts_of
from agreements.core.parties import (
    Vacancy,
    missing_roles,
    parties_of,
    sides_of,
    version_of_terms,
)
from agreements.models import Agreement, KeyContact, Party
from agreements.terms import ContactRole, Terms
from house.room import Section
from nhsuk.components import Action, Link
from nhsuk.dates import day
from nhsuk.words import in_sentence
from parties.acting import Acting
from parties.who import CONTACT_KEEPERS


@dataclass(frozen=True)
class HeldRole:
    """One role of one party. Without `lines` nobody holds it."""

    party: str
    lines: tuple[str, ...] = ()
    email: str = ""
    # Nobody holds it, though the terms ask for somebody and the agreement is in force.
    missing: bool = False
    # For those of the party who may change it.
    change: Link | None = None


@dataclass(frozen=True)
class RoleRow:
    label: str
    what: str
    # One for each party; None where the party does not keep this role.
    cells: tuple[HeldRole | None, ...]


class Matrix:
    """Roles by parties, from what is at hand. `own` are the parties that the reader may change."""

    def __init__(
        self,
        terms: Terms,
        parties: Sequence[Party],
        contacts: Iterable[KeyContact],
        own: Iterable[int] = (),
        *,
        in_force: bool = False,
    ) -> None:
        self.terms, self.parties, self.own = terms, parties, frozenset(own)
        self.in_force = in_force
        self.held = {(c.party_id, c.role): c for c in contacts if c.is_current}

    @property
    def rows(self) -> list[RoleRow]:
        keys = dict.fromkeys(role.key for role in self.terms.contact_roles)
        return [self._row(key) for key in keys]

    def _row(self, key: str) -> RoleRow:
        of_party = [
            next((r for r in self.terms.contact_roles_of(party.slot) if r.key == key), None)
            for party in self.parties
        ]
        named = [role for role in self.terms.contact_roles if role.key == key]
        # Each side may call it by a name of its own.
        label = " / ".join(dict.fromkeys(role.label for role in named))
        pairs = zip(self.parties, of_party, strict=True)
        cells = tuple(self._cell(party, role) if role else None for party, role in pairs)
        return RoleRow(label, named[0].what, cells)

    def _cell(self, party: Party, role: ContactRole) -> HeldRole:
        contact = self.held.get((party.pk, role.key))
        return HeldRole(
            party=party.name,
            lines=(*lines_of(contact), *_dates_of(contact)) if contact else (),
            email=contact.address if contact else "",
            missing=role.required and contact is None and self.in_force,
            change=self._change(party, role, named=contact is not None),
        )

    def _change(self, party: Party, role: ContactRole, *, named: bool) -> Link | None:
        if party.pk not in self.own:
            return None
        args = [party.agreement.reference, party.slot, role.key]
        url = reverse("agreements:contact", args=args)
        label = in_sentence(role.label)
        return Link("Change", url, label) if named else Link("Name somebody", url, f"as {label}")


def lines_of(contact: KeyContact) -> tuple[str, ...]:
    """Name, job title, deputy."""
    lines = [str(contact.person or contact.team)]
    if contact.job_title:
        lines.append(contact.job_title)
    if contact.deputy:
        lines.append(f"Deputy: {contact.deputy.name}")
    return tuple(lines)


def _dates_of(contact: KeyContact) -> tuple[str, ...]:
    """Until when they hold the role, or when they were last said to be right."""
    if contact.ends_on:
        return (f"Until {day(contact.ends_on)}",)
    confirmed_at = getattr(contact, "confirmed_at", None)
    return (f"Confirmed on {day(confirmed_at)}",) if confirmed_at else ()


def newest_first(contacts: Iterable[KeyContact]) -> list[KeyContact]:
    return sorted(contacts, key=lambda c: (c.ends_on is None, c.starts_on, c.pk))[::-1]


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
    keeps = CONTACT_KEEPERS.includes(acting) and not agreement.is_over
    own = [party.pk for party in sides_of(agreement, acting)] if keeps else []
    terms, contacts = version_of_terms(agreement).typed_terms, contacts_of(agreement)
    return Matrix(terms, parties_of(agreement), contacts, own, in_force=agreement.has_duties)


def _confirm(agreement: Agreement) -> Action:
    url = reverse("agreements:contacts", args=[agreement.reference])
    return Action("Confirm your contacts", url)
