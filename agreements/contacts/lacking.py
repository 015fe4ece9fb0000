"""What the terms ask of key contacts besides their names, and is not there: seats, details."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from agreements.core.parties import contacts_in, parties_of, version_of_terms
from agreements.models import Agreement, KeyContact, Party
from agreements.terms import ContactRole
from nhsuk.words import in_sentence, or_list
from parties.models import Seat

NAMES = {"phone": "telephone number", "address": "postal address"}


def lacking(agreement: Agreement) -> list[str]:
    """A sentence for each contact; nothing where the terms ask for nothing (one query)."""
    if agreement.is_over:
        return []
    parties = parties_of(agreement)
    held = contacts_in(party.pk for party in parties)
    asked = [
        (party, role, contact)
        for party in parties
        for role in version_of_terms(agreement).typed_terms.contact_roles_of(party.slot)
        if (contact := held.get((party.pk, role.key)))
    ]
    seats = _seats({role.seat for _, role, _ in asked if role.seat}, parties)
    return [sentence for each in asked for sentence in _lacking(*each, seats)]


def _lacking(
    party: Party, role: ContactRole, contact: KeyContact, seats: Mapping[str, set[int]]
) -> Iterator[str]:
    label = in_sentence(role.label)
    there = {"phone": contact.phone, "address": contact.postal_address}
    if missing := [NAMES[each] for each in role.asks if not there[each]]:
        yield f"{party.name} gives no {or_list(missing)} for its {label}."
    if role.seat and contact.person and contact.person.pk not in seats.get(_key(role.seat), ()):
        body = role.seat.removeprefix("the ")
        yield f"{contact.person}, {label} of {party.name}, has no seat on the {body} here."


def _seats(bodies: Collection[str], parties: Sequence[Party]) -> dict[str, set[int]]:
    """By the name of a body that decides for one of the parties, who sits there."""
    if not bodies:
        return {}
    of = {party.organisation.pk for party in parties}
    rows = Seat.objects.current().filter(body__served__organisation__in=of, person__isnull=False)
    found: dict[str, set[int]] = {}
    for name, person in rows.values_list("body__name", "person").distinct():
        found.setdefault(_key(name), set()).add(person)
    return {key: found.get(key, set()) for key in map(_key, bodies)}


def _key(body: str) -> str:
    return body.casefold().removeprefix("the ")
