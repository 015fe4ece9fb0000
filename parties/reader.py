"""Reads what organisations are called, who holds their roles and who is away: many, each once.

The one way to read these by id. A page or a service asks the database for what it lacks alone
(`house.once`); elsewhere each call reads, in as few queries for many as for one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from house import clock
from house.once import each_once
from parties.models import Absence, Membership, Organisation, OrganisationName, Person, User
from parties.models.organisations import name_among

# An organisation and one of its roles (parties.models.Role).
RoleThere = tuple[int, str]
# A person and an organisation that they may be away from.
PersonThere = tuple[int, int]


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
    held = holders(asked)
    away(
        (user.person_id, organisation)
        for (organisation, _), users in held.items()
        for user in users
        if user.person_id
    )


def read_people(asked: Iterable[PersonThere]) -> None:
    """Keeps at hand whether these people are away or gone (two queries)."""
    people = set(asked)
    away(people)
    gone(people)


@each_once(Absence)
def away(asked: Collection[PersonThere]) -> dict[PersonThere, bool]:
    """Whether each of these people is away today from the organisation (one query)."""
    absent = Absence.objects.on(clock.today()).filter(person__in={person for person, _ in asked})
    found = set(absent.order_by().values_list("person", "organisation"))
    return {
        (person, organisation): not found.isdisjoint(((person, organisation), (person, None)))
        for person, organisation in asked
    }


@each_once(Membership, User)
def gone(asked: Collection[PersonThere]) -> dict[PersonThere, bool]:
    """Whether each has an account that is closed, or had roles there and has none today (one
    query). Whoever has no account is not gone."""
    rows = User.objects.filter(person__in={person for person, _ in asked}).values_list(
        "person", "is_active", "memberships__organisation", "memberships__starts_on",
        "memberships__ends_on",
    )  # fmt: skip
    closed: set[int] = set()
    holds: dict[PersonThere, bool] = {}
    for person, active, of, *days in rows:
        if not active:
            closed.add(person)
        held = Membership(starts_on=days[0], ends_on=days[1]).is_current
        holds[person, of] = holds.get((person, of), False) or held
    return {key: key[0] in closed or not holds.get(key, True) for key in asked}


def is_away(person: Person, organisation: Organisation) -> bool:
    """Whether this one person is."""
    key = person.pk, organisation.pk
    return away([key])[key]


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
