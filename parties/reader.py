"""Reads what organisations are called, who holds their roles and who is away: many, each once.

The one way to read these by id. A page or a service asks the database for what it lacks alone
(`house.once`); elsewhere each call reads, in as few queries for many as for one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from house import clock
from house.once import each_once
from parties.models import Absence, Membership, OrganisationName, Person, User
from parties.models.organisations import name_among

# An organisation and one of its roles (parties.models.Role).
RoleThere = tuple[int, str]


@each_once(OrganisationName)
def names(organisations: Collection[int]) -> dict[int, str]:
    """What organisations are called today, by id (one query)."""
    called: dict[int, list[OrganisationName]] = {pk: [] for pk in organisations}
    for row in OrganisationName.objects.filter(organisation__in=called):
        called[row.organisation_id].append(row)
    return {pk: name_among(rows, clock.today(), pk) for pk, rows in called.items()}


@each_once(Membership, User, Person)
def holders(asked: Collection[RoleThere]) -> dict[RoleThere, tuple[User, ...]]:
    """Who holds each role today and may log in, in the order in which they got it (one query)."""
    held = Membership.objects.current().filter(
        user__is_active=True,
        organisation__in={organisation for organisation, _ in asked},
        role__in={role for _, role in asked},
    )
    found: dict[RoleThere, list[User]] = {key: [] for key in asked}
    for membership in held.select_related("user__person").order_by("pk"):
        found.get((membership.organisation_id, membership.role), []).append(membership.user)
    return {key: tuple(users) for key, users in found.items()}


def read_roles(asked: Iterable[RoleThere]) -> None:
    """Keeps at hand who holds these roles, and who of them is away (two queries)."""
    held = holders(asked).values()
    away({user.person_id for users in held for user in users if user.person_id})


@each_once(Absence)
def away(people: Collection[int]) -> dict[int, bool]:
    """Whether each of these people said that they are away today (one query)."""
    absent = Absence.objects.on(clock.today()).filter(person__in=people)
    found = set(absent.order_by().values_list("person", flat=True))
    return {pk: pk in found for pk in people}


def is_away(person: Person) -> bool:
    """Whether this one person did."""
    return away([person.pk])[person.pk]


@each_once(Membership, User)
def members(organisations: Collection[int]) -> dict[int, frozenset[int]]:
    """Ids of the people who belong to each organisation today and can log in (one query)."""
    rows = Membership.objects.current().filter(
        organisation__in=organisations, user__is_active=True, user__person__isnull=False
    )
    found: dict[int, set[int]] = {pk: set() for pk in organisations}
    for organisation, person in rows.values_list("organisation", "user__person"):
        found[organisation].add(person)
    return {pk: frozenset(people) for pk, people in found.items()}
