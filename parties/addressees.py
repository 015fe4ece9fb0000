"""Whose an e-mail address is, for somebody who looks after the organisation's e-mails."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from django.db.models import Q
from django.urls import reverse

from nhsuk.words import and_list
from parties.models import Organisation, Person, Team


@dataclass(frozen=True)
class Addressee:
    """A person or a team: their address of today, and the page on which it is put right.

    Somebody who logs in with their address cannot have it changed there.
    """

    name: str
    address: str
    url: str
    logs_in: bool = False


def addressees(organisation: Organisation, addresses: Collection[str]) -> dict[str, Addressee]:
    """Address in lower case -> whose it is today, or was before it was corrected (4 queries)."""
    wanted = {address.lower() for address in addresses}
    return _teams(organisation, wanted) | _people(organisation, wanted)


def _people(organisation: Organisation, wanted: set[str]) -> dict[str, Addressee]:
    own = Person.objects.of(organisation.pk)
    had = Person.history.filter(email__in=wanted, id__in=own.order_by().values("pk"))
    before = dict(had.order_by("history_id").values_list("email", "id"))
    people = own.filter(Q(pk__in=before.values()) | Q(email__in=wanted) | Q(user__email__in=wanted))
    found = {person.pk: _person(organisation, person) for person in people.select_related("user")}
    return {address: found[pk] for address, pk in before.items() if pk in found} | _now(found)


def _now(found: Mapping[int, Addressee]) -> dict[str, Addressee]:
    """Address -> whose it is today: of a mailbox that many share all are named, by name."""
    sharing: dict[str, list[Addressee]] = defaultdict(list)
    for each in sorted(found.values(), key=lambda addressee: addressee.name):
        sharing[each.address.lower()].append(each)
    return {
        address: replace(those[0], name=and_list(each.name for each in those))
        for address, those in sharing.items()
    }


def _person(organisation: Organisation, person: Person) -> Addressee:
    logs_in = hasattr(person, "user")
    url = reverse("parties:person_edit", args=[organisation.pk, person.pk])
    address = person.user.email if logs_in else person.email
    return Addressee(person.name, address, url, logs_in)


def _teams(organisation: Organisation, wanted: set[str]) -> dict[str, Addressee]:
    had = Team.history.filter(address__in=wanted, organisation=organisation)
    before = dict(had.order_by("history_id").values_list("address", "id"))
    teams = Team.objects.filter(organisation=organisation, pk__in=before.values())
    found = {
        team.pk: Addressee(
            team.name,
            team.address,
            reverse("parties:team_edit", args=[organisation.pk, team.pk]),
        )
        for team in teams
    }
    return {address.lower(): found[pk] for address, pk in before.items()}
