"""An uploaded list of an organisation's people: name, e-mail, post, roles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.db import transaction

from documents.spreadsheets import rows_from
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Invitation, Organisation, Person, Post, Role, User
from parties.queries import open_invitations
from parties.rules import must_administer
from parties.services.inviting import invite, withdraw
from parties.services.lists import ColumnOf, Row, Taken, at_most, must_have, one_of, read_all
from parties.services.people import add_person
from parties.services.roles import add_roles

NAME = ColumnOf(("name",))
EMAIL = ColumnOf(("e-mail", "email", "e-mail address", "email address"))
POST = ColumnOf(("post", "post title", "title", "job title"))
ROLES = ColumnOf(("roles", "role"))


@dataclass(frozen=True)
class Line:
    name: str
    email: str
    title: str
    roles: tuple[str, ...]


def take_people(*, by: Acting, organisation: Organisation, file: UploadedFile) -> Taken:
    """Adds the people of a list, with their posts, and invites those who are to have roles.

    Raises WrongRows when a row is wrong; then nothing was taken. A second time changes nothing.
    """
    must_administer(by, organisation)
    rows = rows_from(file)
    must_have(rows, (NAME, EMAIL, POST))
    lines = read_all(rows, _line)
    taken = Taken()
    with transaction.atomic():
        for line in lines:
            if _take(by, organisation, line):
                taken.new += 1
            else:
                taken.known += 1
    return taken


def _line(row: Row) -> Line:
    email = EMAIL.text(row).lower()
    roles = tuple(
        one_of(text.strip(), Role.choices, what="a role")
        for text in re.split(r"[,;\n]", ROLES.text(row))
        if text.strip()
    )
    if roles and not email:
        raise Refused("somebody with a role needs an e-mail address: the invitation goes there.")
    if email:
        _must_be_address(email)
    return Line(
        name=at_most(NAME.text(row), 120, what="name"),
        email=email,
        title=at_most(POST.text(row), 120, what="post"),
        roles=tuple(sorted(set(roles))),
    )


def _must_be_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(f"“{email}” is not an e-mail address.") from None


def _take(by: Acting, organisation: Organisation, line: Line) -> bool:
    """Whether the line told anything new."""
    new_post = not _has_post(organisation, line)
    if new_post:
        add_person(
            by=by, organisation=organisation, name=line.name, email=line.email, title=line.title
        )
    return _give_roles(by, organisation, line) or new_post


def _has_post(organisation: Organisation, line: Line) -> bool:
    posts = Post.objects.current().filter(organisation=organisation, title__iexact=line.title)
    if line.email:
        return bool(posts.filter(person__email__iexact=line.email).exists())
    return bool(posts.filter(person__email="", person__name__iexact=line.name).exists())


def _give_roles(by: Acting, organisation: Organisation, line: Line) -> bool:
    if not line.roles:
        return False
    person = Person.objects.filter(email__iexact=line.email).order_by("user__pk", "pk").first()
    member = User.objects.filter(person=person, memberships__organisation=organisation).first()
    if member:
        return bool(add_roles(by=by, organisation=organisation, user=member, roles=line.roles))
    return _invite(by, organisation, line)


def _invite(by: Acting, organisation: Organisation, line: Line) -> bool:
    open_ones = [each for each in open_invitations(organisation) if each.email == line.email]
    asked: set[str] = {role for each in open_ones for role in each.roles}
    if asked.issuperset(line.roles):
        return False
    _withdraw_all(by, open_ones)
    invite(
        by=by,
        organisation=organisation,
        name=line.name,
        email=line.email,
        roles=asked.union(line.roles),
    )
    return True


def _withdraw_all(by: Acting, invitations: list[Invitation]) -> None:
    for invitation in invitations:
        withdraw(by=by, invitation=invitation)
