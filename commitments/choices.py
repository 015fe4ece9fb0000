"""Who can be chosen as the owner of an action: one list of parties and their people."""

from __future__ import annotations

from collections.abc import Iterable

from agreements.core.choices import people_for
from agreements.core.parties import parties_of
from agreements.models import Agreement, Party
from parties.acting import Acting
from parties.models import Person

Choices = list[tuple[str, str]]


def owners_of(agreement: Agreement, acting: Acting) -> Choices:
    """Each party without a name yet, then its people whom the reader may see."""
    found: Choices = []
    for party in parties_of(agreement):
        found.append((value_of(party, None), f"{party.name}, nobody named yet"))
        found += [
            (f"{party.pk}-{pk}", f"{name} ({party.name})")
            for pk, name in people_for(party.organisation, acting)
        ]
    return found


def value_of(party: Party, person: Person | None) -> str:
    """What the form sends for an owner: the party, and behind a dash the person."""
    return f"{party.pk}-{person.pk}" if person else str(party.pk)


def owner_from(value: str, parties: Iterable[Party]) -> tuple[Party, Person | None]:
    """The owner that a value of the list stands for."""
    party_id, _, person_id = value.partition("-")
    party = next(each for each in parties if str(each.pk) == party_id)
    return party, Person.objects.get(pk=person_id) if person_id else None
