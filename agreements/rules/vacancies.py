"""Contact roles that the terms require and nobody holds (A27)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from agreements.models import Agreement, KeyContact, Party, Version
from agreements.rules.parties import parties_of
from agreements.terms import ContactRole, Terms
from nhsuk.words import in_sentence


@dataclass(frozen=True)
class Vacancy:
    party: Party
    role: ContactRole

    @property
    def sentence(self) -> str:
        return f"{self.party.name} has no {in_sentence(self.role.label)}."


def vacancies(agreement: Agreement) -> list[Vacancy]:
    """The required roles without a current contact, party by party."""
    terms = version_of_terms(agreement).typed_terms
    current = KeyContact.objects.filter(party__agreement=agreement).current()
    held = set(current.values_list("party_id", "role"))
    return missing_roles(terms, parties_of(agreement), held)


def missing_roles(
    terms: Terms, parties: Iterable[Party], held: Collection[tuple[int, str]]
) -> list[Vacancy]:
    """The same from what is at hand; `held` has the pairs of party and role that are taken."""
    return [
        Vacancy(party, role)
        for party in parties
        for role in terms.contact_roles_of(party.slot)
        if role.required and (party.pk, role.key) not in held
    ]


def version_of_terms(agreement: Agreement) -> Version:
    """The version whose terms hold now: the one in force, else the newest."""
    newest = agreement.in_force_version or agreement.versions.order_by("-seq").first()
    assert newest is not None  # noqa: S101 - an agreement is made with its first version
    return newest
