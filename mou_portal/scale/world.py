"""The organisations of the patterns: one area team and nine commissioning groups, and their people.

Their names and addresses hold a word that stands nowhere else, which a copy's own name replaces.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from agreements.models import TemplateVersion
from agreements.templates.services.keeping import take_from_library
from house.actor import acting_as
from mou_portal.scale.templates import template_for
from parties.acting import Acting, acting_for
from parties.models import (
    Area,
    Body,
    BodyOrganisation,
    Membership,
    Organisation,
    OrganisationName,
    Person,
    Post,
    Role,
    Seat,
    Team,
    TeamMember,
    User,
)

OPENED = date(2013, 4, 1)
STAFF = {
    Role.MANAGER: ("Ada", "Head of Primary Care"),
    Role.SIGNATORY: ("Ben", "Accountable Officer"),
    Role.EDITOR: ("Cleo", "Programme Director"),
    Role.VIEWER: ("Dan", "Lead Clinician"),
    Role.SECRETARY: ("Eve", "Board Secretary"),
    Role.ADMINISTRATOR: ("Finn", "Office Manager"),
}
# How many parties the agreements have that one area team makes from its templates.
SIZES = (2, 3, 10)
WORD = "Qxq"


@dataclass(frozen=True)
class Side:
    """An organisation of the patterns with its staff, by role."""

    organisation: Organisation
    users: dict[Role, User]

    def acting(self, role: Role) -> Acting:
        return acting_for(self.users[role])

    def person(self, role: Role) -> Person:
        person = self.users[role].person
        assert person  # noqa: S101 - for the type checker
        return person


def area_team(letter: str, area: Area, password: str) -> Side:
    """With a template of its own for each number of parties."""
    side = _side(letter, "Area Team", Organisation.Kind.AREA_TEAM, area, password)
    manager = side.acting(Role.MANAGER)
    with acting_as(manager.user):
        for size in SIZES:
            take_from_library(by=manager, source=template_for(size))
    return side


def group(letter: str, area: Area, password: str) -> Side:
    """A commissioning group with its governing body."""
    side = _side(letter, "CCG", Organisation.Kind.CCG, area, password)
    name, organisation = side.organisation.name, side.organisation
    body = Body.objects.create(name=f"{name} Governing Body", kind=Body.Kind.GOVERNING_BODY)
    BodyOrganisation.objects.create(body=body, organisation=organisation, starts_on=OPENED)
    for kind in (Seat.Kind.CHAIR, Seat.Kind.CLINICAL, Seat.Kind.LAY):
        Seat.objects.create(body=body, organisation=organisation, kind=kind, starts_on=OPENED)
    return side


def template_of(side: Side, size: int) -> TemplateVersion:
    """The area team's template for so many parties."""
    return TemplateVersion.objects.get(
        template__organisation=side.organisation, template__key=template_for(size).key
    )


def _side(letter: str, what: str, kind: str, area: Area, password: str) -> Side:
    town = f"{WORD}{letter}"
    made = Organisation.objects.create(kind=kind, area=area, opened_on=OPENED)
    OrganisationName.objects.create(
        organisation=made, name=f"{town} {what}", starts_on=OPENED, address=f"1 High Street\n{town}"
    )
    users = {role: _member(role, town, made, password) for role in STAFF}
    side = Side(Organisation.objects.named().get(pk=made.pk), users)
    team = Team.objects.create(
        organisation=made,
        name="Press office",
        purpose=Team.Purpose.PRESS,
        address=f"press@{_host(town)}",
    )
    TeamMember.objects.create(team=team, person=side.person(Role.EDITOR), starts_on=OPENED)
    return side


def _member(role: Role, town: str, organisation: Organisation, password: str) -> User:
    first, title = STAFF[role]
    email = f"{first.lower()}@{_host(town)}"
    person = Person.objects.create(name=f"{first} {town}", email=email)
    Post.objects.create(person=person, organisation=organisation, title=title, starts_on=OPENED)
    user: User = User.objects.create(email=email, password=password, person=person)
    Membership.objects.create(user=user, organisation=organisation, role=role, starts_on=OPENED)
    return user


def _host(town: str) -> str:
    return f"{town.lower()}.example"
