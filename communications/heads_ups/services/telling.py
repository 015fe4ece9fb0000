"""Whom a heads-up goes to: found among the contacts of the parties and the committees of the areas,
written down, and told through the outbox."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from django.db.models import prefetch_related_objects

from agreements.core.parties import contacts_in, versions_of_terms
from agreements.core.recipients import contacts_of, read_managers
from agreements.models import Party, read_holders
from communications.heads_ups.rules import role_told
from communications.models import HeadsUp, LocalCommittee, OwedTo, Told, ToldFor
from deadlines.kinds import Recipient
from house import clock
from house.tracked import create_all
from mail.services import delivery, queue_all
from parties.models import Person, Team
from parties.reader import there

GIVEN: Final = "heads_up_given"


@dataclass
class Addressee:
    """One address, who reads it, and for which parties or committees they are told."""

    recipient: Recipient
    name: str = ""
    team: Team | None = None
    owed: list[OwedTo] = field(default_factory=list)


def tell(heads_up: HeadsUp, owed: Sequence[OwedTo]) -> list[Told]:
    """Tells whoever is told for these rows and has no e-mail of it yet; in the caller's job (in as
    many statements for many agreements as for one)."""
    found = _addressees(owed)
    known = {each.address: each for each in Told.objects.filter(heads_up=heads_up)}
    new = [each for address, each in found.items() if address not in known]
    made = create_all([_told(heads_up, each) for each in new])
    rows = known | {each.address: each for each in made}
    ToldFor.objects.bulk_create(
        [
            ToldFor(told=rows[address], owed=row)
            for address, each in found.items()
            for row in each.owed
        ],
        ignore_conflicts=True,
    )
    send(heads_up, made, GIVEN)
    return made


def send(heads_up: HeadsUp, told: Iterable[Told], kind: str, event: str = "") -> None:
    """Queues one e-mail to each of these. When it fails the owner's managers see it."""
    queue_all(
        delivery(
            kind=kind,
            address=each.address,
            organisation_id=heads_up.owner_id,
            context={"told": each.pk, "heads_up": heads_up.pk},
            dedupe=each.dedupe if kind == GIVEN else f"{kind}:{event}:{each.pk}",
        )
        for each in told
    )


def read_contacts(parties: Iterable[Party]) -> None:
    """Keeps at hand who gets the heads-ups for these parties (ten queries, for any number)."""
    asked = list(parties)
    read_holders(asked)
    prefetch_related_objects(asked, "agreement__in_force_version")
    versions_of_terms([party.agreement for party in asked])
    held = contacts_in(party.pk for party in asked)
    named = ((held.get((party.pk, role_told(party))), party.organisation.pk) for party in asked)
    there((pk, of) for each, of in named if each for pk in (each.person_id, each.deputy_id) if pk)
    read_managers(asked)


def _addressees(owed: Sequence[OwedTo]) -> dict[str, Addressee]:
    """By address. Somebody who is the contact under sixty agreements is told once."""
    parties = [row.party for row in owed if row.party]
    read_contacts(parties)
    found: dict[str, Addressee] = {}
    for row in owed:
        for recipient in _of_committee(row.committee) if row.committee else _of_party(row.party):
            known = replace(recipient, address=recipient.address.lower())
            found.setdefault(known.address, Addressee(known)).owed.append(row)
    _name(found.values())
    return found


def _of_party(party: Party | None) -> list[Recipient]:
    assert party  # noqa: S101 - a party or a committee
    return contacts_of(party, role_told(party))


def _of_committee(committee: LocalCommittee) -> list[Recipient]:
    why = "a text promises this heads-up to the local medical committee."
    return [Recipient(committee.address, why)]


def _name(addressees: Collection[Addressee]) -> None:
    """What each is called: the person, the team, or the committee (two queries)."""
    people = Person.objects.in_bulk([pk for a in addressees if (pk := a.recipient.person_id)])
    others = {a.recipient.address for a in addressees if not a.recipient.person_id}
    teams = Team.objects.filter(address__in=others)
    by_place = {(team.organisation_id, team.address.lower()): team for team in teams}
    for each in addressees:
        to = each.recipient
        each.team = by_place.get((to.organisation_id or 0, to.address))
        committee = next((row.committee for row in each.owed if row.committee), None)
        person = people.get(to.person_id or 0)
        each.name = str(person or each.team or committee or to.address)


def _told(heads_up: HeadsUp, each: Addressee) -> Told:
    to = each.recipient
    return Told(
        heads_up=heads_up,
        organisation_id=to.organisation_id,
        person_id=to.person_id,
        team=each.team,
        name=each.name,
        address=to.address,
        why=to.why,
        asked_at=clock.now(),
    )
