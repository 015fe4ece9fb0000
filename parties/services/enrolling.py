"""Somebody put into an organisation from a form; a list is `uploading`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from parties.acting import Acting
from parties.models import Organisation, Person, User
from parties.services.inviting import invite_person
from parties.services.people import add_person
from parties.services.roles import add_roles


@dataclass(frozen=True)
class Enrolled:
    """Who was added, and whether they were invited or had an account already."""

    person: Person
    invited: bool = False
    has_roles: bool = False

    @property
    def sentence(self) -> str:
        if self.invited:
            return f"{self.person.name} was added.\nWe sent an invitation to {self.person.email}."
        if self.has_roles:
            return f"{self.person.name} was added, and has the roles with their account."
        return f"{self.person.name} was added."


def enrol(
    *,
    by: Acting,
    organisation: Organisation,
    name: str,
    email: str,
    title: str,
    roles: Sequence[str],
    shares: bool = False,
) -> Enrolled:
    """Adds a person with a post, and invites them when they are to have roles.

    Somebody who has an account with the organisation already gets the roles at once; whoever
    has one elsewhere accepts an invitation first. `shares`: as in `add_person`.
    """
    with transaction.atomic():
        person = add_person(
            by=by, organisation=organisation, name=name, email=email, title=title, shares=shares
        )
        return give_or_invite(by, organisation, person, roles) if roles else Enrolled(person)


def give_or_invite(
    by: Acting, organisation: Organisation, person: Person, roles: Sequence[str]
) -> Enrolled:
    """The roles at once for who has an account there, an invitation to them for everybody else."""
    if member := member_here(organisation, person):
        add_roles(by=by, organisation=organisation, user=member, roles=roles)
        return Enrolled(person, has_roles=True)
    invite_person(by=by, organisation=organisation, person=person, roles=roles)
    return Enrolled(person, invited=True)


def member_here(organisation: Organisation, person: Person) -> User | None:
    """Their account, where it has or had a role there."""
    return User.objects.filter(person=person, memberships__organisation=organisation).first()
