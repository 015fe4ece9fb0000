"""Reads what organisations are called, who holds their roles and who is away: many, each once.

The one way to read these by id. A page or a service asks the database for what it lacks alone
(`house.once`); elsewhere each call reads, in as few queries for many as for one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import FilteredRelation

from house import clock
from house.once import each_once
from parties.models import Absence, Membership, Organisation, OrganisationName, Person, User
from parties.models.dated import holds_on
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


def away(asked: Iterable[PersonThere]) -> dict[PersonThere, bool]:
    """Whether each of these people is away today from the organisation (one query)."""
    return {key: is_away for key, (is_away, _) in there(asked).items()}


def gone(asked: Iterable[PersonThere]) -> dict[PersonThere, bool]:
    """Whether each has an account that is closed, or had roles there and has none today, or belongs
    to organisations that have closed alone, as after a succession (the same query). Whoever has no
    account is not gone."""
    return {key: is_gone for key, (_, is_gone) in there(asked).items()}


@each_once(Absence, Membership, User, Organisation)
def there(asked: Collection[PersonThere]) -> dict[PersonThere, tuple[bool, bool]]:
    """Whether each of these people is away from the organisation today, and gone (one query)."""
    absent: set[tuple[int, int | None]] = set()
    closed: set[int] = set()
    works_on: dict[int, bool] = {}
    holds: dict[tuple[int, int | None], bool] = {}
    for person, absence, from_where, active, of, closed_on, *days in _standings(asked):
        if absence:
            absent.add((person, from_where))
        if active is False:
            closed.add(person)
        held = Membership(starts_on=days[0], ends_on=days[1]).is_current
        holds[person, of] = holds.get((person, of), False) or held
        if of:
            is_open = closed_on is None or closed_on >= clock.today()
            works_on[person] = works_on.get(person, False) or is_open
    return {
        (person, of): (
            not absent.isdisjoint(((person, of), (person, None))),
            person in closed or not holds.get((person, of), works_on.get(person, True)),
        )
        for person, of in asked
    }


def _standings(asked: Iterable[PersonThere]) -> Iterable[tuple[Any, ...]]:
    """Of each person its absences of today, its account, and what roles it has or had where."""
    now = FilteredRelation("absences", condition=holds_on(clock.today(), "absences__"))
    rows = (
        Person.objects.filter(pk__in={person for person, _ in asked}).annotate(now=now).order_by()
    )
    return rows.values_list(
        "pk", "now", "now__organisation", "user__is_active", "user__memberships__organisation",
        "user__memberships__organisation__closed_on",
        "user__memberships__starts_on", "user__memberships__ends_on",
    )  # fmt: skip


def is_away(person: Person, organisation: Organisation) -> bool:
    """Whether this one person is."""
    key = person.pk, organisation.pk
    return away([key])[key]


def stand_in(person: Person, organisation: Organisation) -> Person | None:
    """Who stands in for somebody who is away today, where they said who."""
    key = person.pk, organisation.pk
    return stand_ins([key])[key]


@each_once(Absence, Person, User)
def stand_ins(asked: Collection[PersonThere]) -> dict[PersonThere, Person | None]:
    """The same for many (one query): what they said for this organisation, else for all."""
    rows = Absence.objects.current().filter(
        person__in={person for person, _ in asked}, deputy__isnull=False
    )
    said = {
        (each.person_id, each.organisation_id): each.deputy
        for each in rows.select_related("deputy__user").order_by("-pk")
    }
    return {key: said.get(key) or said.get((key[0], None)) for key in asked}


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
