"""Who looks after an agreement for each party, in one line: by the words of its terms."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from agreements.core.parties import contacts_in, parties_of, version_of_terms
from agreements.models import Agreement, KeyContact, Party
from agreements.terms import MANAGER_ROLE, ContactRole
from nhsuk.words import in_sentence


@dataclass(frozen=True)
class PartyContact:
    """Who looks after the agreement for a party; None while nobody is named."""

    party: str
    contact: KeyContact | None
    # What the terms call who does; empty where they name no role for the party.
    role: str

    @property
    def vacant(self) -> str:
        return f"no {in_sentence(self.role)} is named" if self.role else "nobody is named"


def contacts_in_short(agreement: Agreement, own: Collection[Party]) -> list[PartyContact]:
    """Who looks after it for each party, the reader's own first."""
    parties, terms = parties_of(agreement), version_of_terms(agreement).typed_terms
    held = contacts_in(party.pk for party in parties)
    in_order = sorted(parties, key=lambda party: party not in own)
    return [_in_short(each, terms.contact_roles_of(each.slot), held) for each in in_order]


def _in_short(
    party: Party, roles: Sequence[ContactRole], held: Mapping[tuple[int, str], KeyContact]
) -> PartyContact:
    """By the role of the MoU manager; where the terms have none for the side, by the first."""
    managers = [role for role in roles if role.key == MANAGER_ROLE]
    role = next(iter([*managers, *roles]), None)
    contact = held.get((party.pk, role.key if role else MANAGER_ROLE))
    return PartyContact(party.name, contact, role.label if role else "")
