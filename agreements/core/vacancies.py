"""Contact roles that the terms require and nobody holds (A27)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from agreements.core.parties import contacts_in, parties_of
from agreements.models import Agreement, KeyContact, Party, Version
from agreements.terms import ContactRole, Terms
from house.once import once_a_page
from nhsuk.dates import day
from nhsuk.words import in_sentence


@dataclass(frozen=True)
class Vacancy:
    party: Party
    role: ContactRole
    # Who holds it for the last days, and until when; nobody follows yet.
    leaving: KeyContact | None = None

    @property
    def sentence(self) -> str:
        label = in_sentence(self.role.label)
        if self.leaving and self.leaving.ends_on:
            after = day(self.leaving.ends_on + timedelta(days=1))
            return f"{self.party.name} has no {label} from {after}."
        return f"{self.party.name} has no {label}."


def vacancies(agreement: Agreement) -> list[Vacancy]:
    """The required roles without a current contact, party by party."""
    terms = version_of_terms(agreement).typed_terms
    parties = parties_of(agreement)
    return missing_roles(terms, parties, contacts_in(party.pk for party in parties))


def missing_roles(
    terms: Terms, parties: Iterable[Party], held: Mapping[tuple[int, str], KeyContact]
) -> list[Vacancy]:
    """The same from what is at hand; `held` has who holds what, by party and role, today.

    A role whose holder is known to leave is vacant at once: somebody has to be found.
    """
    return [
        Vacancy(party, role, contact)
        for party in parties
        for role in terms.contact_roles_of(party.slot)
        if role.required
        and ((contact := held.get((party.pk, role.key))) is None or contact.ends_on is not None)
    ]


@once_a_page
def version_of_terms(agreement: Agreement) -> Version:
    """The version whose terms hold now: the one in force, else the newest (one query a page)."""
    newest = agreement.in_force_version or agreement.versions.order_by("-seq").first()
    assert newest is not None  # noqa: S101 - an agreement is made with its first version
    return newest
