"""People put into an organisation: one from a form, many from an uploaded list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.db import transaction

from documents.spreadsheets import rows_from
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Organisation, Person, Post, Role, User
from parties.queries import open_invitations
from parties.services.inviting import invite, withdraw
from parties.services.lists import (
    ColumnOf,
    Row,
    Taken,
    at_most,
    must_have,
    one_of,
    read_all,
    text_of,
)
from parties.services.people import add_person, known_by
from parties.services.roles import add_roles
from parties.who import must_administer

NAME: ColumnOf = ("name",)
EMAIL: ColumnOf = ("e-mail", "email", "e-mail address", "email address")
POST: ColumnOf = ("post", "post title", "title", "job title")
ROLES: ColumnOf = ("roles", "role")


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


@dataclass(frozen=True)
class PersonLine:
    name: str
    email: str
    title: str
    roles: tuple[str, ...]


def enrol(
    *,
    by: Acting,
    organisation: Organisation,
    name: str,
    email: str,
    title: str,
    roles: Sequence[str],
) -> Enrolled:
    """Adds a person with a post, and invites them when they are to have roles.

    Somebody who has an account with the organisation already gets the roles at once; whoever
    has one elsewhere accepts an invitation first.
    """
    with transaction.atomic():
        person = add_person(by=by, organisation=organisation, name=name, email=email, title=title)
        if not roles:
            return Enrolled(person)
        if member := _member(organisation, person):
            add_roles(by=by, organisation=organisation, user=member, roles=roles)
            return Enrolled(person, has_roles=True)
        invite(by=by, organisation=organisation, name=name, email=email, roles=roles)
        return Enrolled(person, invited=True)


def take_people(*, by: Acting, organisation: Organisation, file: UploadedFile) -> Taken:
    """Adds the people of a list, with their posts, and invites those who are to have roles.

    Raises WrongRows when a row is wrong; then nothing was taken. A second time changes nothing.
    """
    must_administer(by, organisation)
    rows = rows_from(file)
    must_have(rows, (NAME, EMAIL, POST))
    lines = read_all(rows, _line)
    with transaction.atomic():
        new = sum(_take(line, by=by, organisation=organisation) for line in lines)
    return Taken(new=new, known=len(lines) - new)


def _line(row: Row) -> PersonLine:
    email = text_of(row, EMAIL).lower()
    roles = {
        one_of(text.strip(), Role.choices, what="a role")
        for text in re.split(r"[,;\n]", text_of(row, ROLES))
        if text.strip()
    }
    if roles and not email:
        raise Refused("somebody with a role needs an e-mail address: the invitation goes there.")
    if email:
        _must_be_address(email)
    return PersonLine(
        name=at_most(text_of(row, NAME), 120, what="name"),
        email=email,
        title=at_most(text_of(row, POST), 120, what="post"),
        roles=tuple(sorted(roles)),
    )


def _must_be_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(f"“{email}” is not an e-mail address.") from None


def _take(line: PersonLine, **where: Any) -> bool:
    """Whether the line told anything new."""
    new_post = not _has_post(where["organisation"], line)
    if new_post:
        add_person(**where, name=line.name, email=line.email, title=line.title)
    return _give_roles(line, **where) or new_post


def _has_post(organisation: Organisation, line: PersonLine) -> bool:
    posts = Post.objects.current().filter(organisation=organisation, title__iexact=line.title)
    if line.email:
        return bool(posts.filter(person__email__iexact=line.email).exists())
    return bool(posts.filter(person__email="", person__name__iexact=line.name).exists())


def _give_roles(line: PersonLine, *, by: Acting, organisation: Organisation) -> bool:
    if not line.roles:
        return False
    if member := _member(organisation, known_by(line.email)):
        return bool(add_roles(by=by, organisation=organisation, user=member, roles=line.roles))
    open_ones = [each for each in open_invitations(organisation) if each.email == line.email]
    asked: set[str] = {role for each in open_ones for role in each.roles}
    if asked.issuperset(line.roles):
        return False
    for invitation in open_ones:
        withdraw(by=by, invitation=invitation)
    roles = asked.union(line.roles)
    invite(by=by, organisation=organisation, name=line.name, email=line.email, roles=roles)
    return True


def _member(organisation: Organisation, person: Person | None) -> User | None:
    """Their account, where it has or had a role there."""
    return User.objects.filter(person=person, memberships__organisation=organisation).first()
