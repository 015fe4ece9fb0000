"""Key contacts on the agreement's page: roles by parties, vacancies in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from agreements.contacts.queries import contacts_of, proposals_of
from agreements.core.parties import (
    Vacancy,
    missing_roles,
    parties_of,
    sides_of,
    version_of_terms,
)
from agreements.models import Agreement, ContactProposal, KeyContact, Party
from agreements.terms import MANAGER_ROLE, ContactRole
from house.answers import Section
from nhsuk.components import Button, Link
from nhsuk.dates import day
from nhsuk.words import in_sentence
from parties.acting import Acting
from parties.who import CONTACT_KEEPERS

# Where more parties stand side by side nobody can read the columns: each has a table of its own.
MOST_COLUMNS = 3
# More parties of one side stand under one line, opened on request.
MOST_IN_VIEW = 6


@dataclass(frozen=True)
class RoleRow:
    """One role of the terms: what each party calls it, in their order; None where it has none."""

    label: str
    what: str
    of_party: tuple[ContactRole | None, ...]


class Matrix:
    """Roles by parties, from what is at hand. `own` are the parties that the reader may change."""

    def __init__(self, agreement: Agreement, own: Collection[Party], acting: Acting) -> None:
        self.agreement, self.own = agreement, own
        self.own_sides = sides_of(agreement, acting)
        self.parties, self.in_force = parties_of(agreement), agreement.has_duties
        self.held = _held(agreement)
        self._proposed = proposals_of(agreement, acting)

    @property
    def rows(self) -> Iterator[RoleRow]:
        terms = version_of_terms(self.agreement).typed_terms
        for key in dict.fromkeys(role.key for role in terms.contact_roles):
            named = [role for role in terms.contact_roles if role.key == key]
            # Each side may call it by a name of its own.
            label = " / ".join(dict.fromkeys(role.label for role in named))
            roles = [terms.contact_roles_of(party.slot) for party in self.parties]
            of_party = tuple(next((r for r in each if r.key == key), None) for each in roles)
            yield RoleRow(label, named[0].what, of_party)

    @property
    def has_columns(self) -> bool:
        """Whether the parties are few enough to stand side by side."""
        return len(self.parties) <= MOST_COLUMNS

    @property
    def groups(self) -> Iterator[tuple[str, list[Party]]]:
        """The parties in their order; of many that share a side those of others under one line."""
        for _, of_side in groupby(self.parties, key=lambda party: party.slot):
            parties = list(of_side)
            others = [party for party in parties if party not in self.own_sides]
            if len(others) <= MOST_IN_VIEW:
                yield "", parties
                continue
            yield "", [party for party in parties if party in self.own_sides]
            vacant = sum(self._is_vacant(party) for party in others)
            more = f", {vacant} with a vacant role" if vacant else ""
            yield f"{len(others)} other parties{more}", others

    def _is_vacant(self, party: Party) -> bool:
        return any((party.pk, role.key) not in self.held for role in self.roles_of(party))

    def roles_of(self, party: Party) -> list[ContactRole]:
        """The roles that the terms have for this party."""
        terms = version_of_terms(self.agreement).typed_terms
        return list(terms.contact_roles_of(party.slot))

    def in_short(self, party: Party) -> str:
        """Who looks after it for the party, and how many roles are vacant."""
        manager = self.held.get((party.pk, MANAGER_ROLE))
        roles = self.roles_of(party)
        vacant = sum((party.pk, role.key) not in self.held for role in roles)
        said = (lines_of(manager)[0] if manager else "", f"{vacant} vacant" if vacant else "")
        return ", ".join(part for part in said if part)

    def proposed(self, party: Party, role: ContactRole) -> list[Proposed]:
        """Whom other parties named for the role, while nobody of the party has said whether."""
        open_ones = self._proposed.get((party.pk, role.key), [])
        return [Proposed(each, mine=party in self.own, parties=self.parties) for each in open_ones]

    @staticmethod
    def lines(contact: KeyContact) -> tuple[str, ...]:
        """Who it is; until when they hold the role, or when they were last said to be right."""
        lines = lines_of(contact)
        if contact.ends_on:
            return (*lines, f"Until {day(contact.ends_on)}")
        confirmed_at = getattr(contact, "confirmed_at", None)
        return (*lines, f"Confirmed on {day(confirmed_at)}") if confirmed_at else lines

    def change(self, party: Party, role: ContactRole) -> Link | None:
        """For those of the party who may change it."""
        if party not in self.own:
            return None
        url = reverse("agreements:contact", args=[self.agreement.reference, party.key, role.key])
        label = in_sentence(role.label)
        if (party.pk, role.key) in self.held:
            return Link("Change", url, label)
        return Link("Name somebody", url, f"as {label}")


@dataclass(frozen=True)
class Proposed:
    """A proposal on the page. `mine`: the reader's party says whether it is right."""

    proposal: ContactProposal
    mine: bool
    parties: Sequence[Party]

    @property
    def who(self) -> str:
        said = (self.proposal.name, self.proposal.job_title)
        return ", ".join(part for part in said if part)

    @property
    def by(self) -> str:
        of = (p.name for p in self.parties if p.organisation.pk == self.proposal.proposed_for_id)
        return next(of, "another party")

    @property
    def url(self) -> str:
        reference = self.proposal.party.agreement.reference
        return reverse("agreements:proposal", args=[reference, self.proposal.pk])


def lines_of(contact: KeyContact) -> tuple[str, ...]:
    """Name, job title, how to reach them, deputy."""
    lines = [str(contact.person or contact.team)]
    if contact.job_title:
        lines.append(contact.job_title)
    if reached := ", ".join(filter(None, [contact.phone, *contact.postal_address.splitlines()])):
        lines.append(reached)
    if contact.deputy:
        lines.append(f"Deputy: {contact.deputy.name}")
    return tuple(lines)


def newest_first(contacts: Iterable[KeyContact]) -> list[KeyContact]:
    return sorted(contacts, key=lambda c: (c.ends_on is None, c.starts_on, c.pk))[::-1]


def vacancies_of(agreement: Agreement) -> list[Vacancy]:
    """The required roles that nobody holds; after the end of an agreement none is."""
    if agreement.is_over:
        return []
    terms = version_of_terms(agreement).typed_terms
    return missing_roles(terms, parties_of(agreement), _held(agreement))


def _held(agreement: Agreement) -> dict[tuple[int, str], KeyContact]:
    return {(c.party_id, c.role): c for c in contacts_of(agreement) if c.is_current}


def section_of(agreement: Agreement, acting: Acting) -> Section:
    """Those who keep a party's contacts can change them until the end."""
    keeps = CONTACT_KEEPERS.includes(acting) and not agreement.is_over
    sides = sides_of(agreement, acting)
    matrix = Matrix(agreement, sides if keeps else [], acting)
    url = reverse("agreements:contacts", args=[agreement.reference])
    return Section(
        anchor="contacts",
        heading="Key contacts",
        position=2,
        template="agreements/contacts_section.jinja",
        context={"matrix": matrix, "sides": sides},
        action=Button("Confirm your contacts", url) if matrix.in_force and matrix.own else None,
    )
