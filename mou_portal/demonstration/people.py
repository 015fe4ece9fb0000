"""The invented organisations and people. Addresses end in .example and go nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

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
AREA = "Northern Dales"
AREA_TEAM = "Northern Dales Area Team"
CCGS = {
    "Aldermoor CCG": "90A",
    "Brackenfield CCG": "90B",
    "Calderbrook CCG": "90C",
    "Denewick CCG": "90D",
    "Elmsworth CCG": "90E",
}
LMC = "Northern Dales Local Medical Committee"


@dataclass(frozen=True)
class Somebody:
    name: str
    organisation: str
    title: str
    roles: tuple[Role, ...] = ()


STAFF = [
    Somebody("Amara Okafor", AREA_TEAM, "Head of Primary Care", (Role.MANAGER, Role.EDITOR)),
    Somebody("Bryn Pritchard", AREA_TEAM, "Area Team Director", (Role.SIGNATORY, Role.VIEWER)),
    Somebody("Carys Lindqvist", AREA_TEAM, "Primary Care Contract Manager", (Role.EDITOR,)),
    Somebody("Dmitri Novak", AREA_TEAM, "Medical Director", (Role.VIEWER,)),
    Somebody("Esme Hartley", AREA_TEAM, "Assistant Director of Nursing", (Role.VIEWER,)),
    Somebody("Farid Rahimi", AREA_TEAM, "Business Manager", (Role.ADMINISTRATOR, Role.SECRETARY)),
    Somebody("Greta Holm", "Aldermoor CCG", "Chief Nurse", (Role.MANAGER, Role.EDITOR)),
    Somebody("Hamish Boyle", "Aldermoor CCG", "Accountable Officer", (Role.SIGNATORY,)),
    Somebody(
        "Isla Fernandes", "Aldermoor CCG", "Programme Director", (Role.EDITOR, Role.SIGNATORY)
    ),
    Somebody("Jonah Adeyemi", "Aldermoor CCG", "Lead Clinician", (Role.VIEWER,)),
    Somebody("Kiran Desai", "Aldermoor CCG", "Board Secretary", (Role.SECRETARY,)),
    Somebody("Lowri Vaughan", "Aldermoor CCG", "Office Manager", (Role.ADMINISTRATOR,)),
    Somebody("Mirela Popa", "Brackenfield CCG", "Head of Quality", (Role.MANAGER, Role.EDITOR)),
    Somebody("Niall Sweeney", "Brackenfield CCG", "Accountable Officer", (Role.SIGNATORY,)),
    Somebody("Oona Keane", "Calderbrook CCG", "Head of Commissioning", (Role.MANAGER,)),
    Somebody("Pavel Sedlak", "Calderbrook CCG", "Accountable Officer", (Role.SIGNATORY,)),
    Somebody("Quentin Moss", "Denewick CCG", "Deputy Chief Officer", (Role.MANAGER,)),
    Somebody("Rosa Ibarra", "Denewick CCG", "Accountable Officer", (Role.SIGNATORY,)),
    Somebody("Soren Bakke", "Elmsworth CCG", "Head of Primary Care", (Role.MANAGER,)),
    Somebody("Tamsin Reed", "Elmsworth CCG", "Accountable Officer", (Role.SIGNATORY,)),
    Somebody("Una Maguire", LMC, "Secretary"),
]
SYSTEM_ADMINISTRATOR = "admin@portal.example"


def load_people(password: str) -> None:
    """Makes everybody who is not there yet, and sets their password to the one given."""
    area, _ = Area.objects.get_or_create(name=AREA)
    add_organisation(AREA_TEAM, Organisation.Kind.AREA_TEAM, "Q90", area)
    for name, code in CCGS.items():
        _governing_body(add_organisation(name, Organisation.Kind.CCG, code, area))
    add_organisation(LMC, Organisation.Kind.LMC, None, area)
    encoded = encode(password)
    for somebody in STAFF:
        add_person(somebody, encoded)
    for organisation in (AREA_TEAM, "Aldermoor CCG"):
        _press_team(organisation_called(organisation))
    _administrator(encoded)


def organisation_called(name: str) -> Organisation:
    return Organisation.objects.get(names__name=name)


def person_called(name: str) -> Person:
    return Person.objects.get(name=name)


def acting_as(name: str) -> Acting:
    """That person acting for their organisation, as the services take it."""
    return acting_for(User.objects.get(person__name=name))


def address_of(name: str, organisation: str) -> str:
    host = organisation.lower().replace(" ", "-")
    return f"{name.lower().replace(' ', '.')}@{host}.example"


def add_organisation(name: str, kind: str, ods_code: str | None, area: Area) -> Organisation:
    known = Organisation.objects.filter(names__name=name).first()
    if known:
        return known
    made = Organisation.objects.create(kind=kind, ods_code=ods_code, area=area, opened_on=OPENED)
    town = name.split()[0]
    OrganisationName.objects.create(
        organisation=made,
        name=name,
        starts_on=OPENED,
        address=f"{len(name)} Dale Street\n{town}\nND1 {len(town)}XX",
    )
    return made


def encode(password: str) -> str:
    """The password as accounts keep it: one slow sum for all, and the same one as last time."""
    administrator = User.objects.filter(email=SYSTEM_ADMINISTRATOR).first()
    if administrator and administrator.check_password(password):
        return administrator.password
    return make_password(password)


def add_person(somebody: Somebody, encoded_password: str) -> None:
    organisation = organisation_called(somebody.organisation)
    email = address_of(somebody.name, somebody.organisation)
    person, made = Person.objects.get_or_create(name=somebody.name, defaults={"email": email})
    if made:
        Post.objects.create(
            person=person, organisation=organisation, title=somebody.title, starts_on=OPENED
        )
    if somebody.roles:
        user = _user(email, encoded_password, person=person)
        for role in somebody.roles:
            Membership.objects.get_or_create(
                user=user, organisation=organisation, role=role, defaults={"starts_on": OPENED}
            )


def _user(email: str, encoded_password: str, **fields: object) -> User:
    user, _ = User.objects.get_or_create(
        email=email, defaults={"password": encoded_password, **fields}
    )
    if user.password != encoded_password:
        user.password = encoded_password
        user.save(update_fields=["password"])
    return user


def _administrator(encoded_password: str) -> None:
    person, _ = Person.objects.get_or_create(
        name="Vera Stone", defaults={"email": SYSTEM_ADMINISTRATOR}
    )
    _user(SYSTEM_ADMINISTRATOR, encoded_password, person=person, is_staff=True, is_superuser=True)


def _governing_body(organisation: Organisation) -> None:
    if organisation.served_by.exists():
        return
    body = Body.objects.create(
        name=f"{organisation.name} Governing Body", kind=Body.Kind.GOVERNING_BODY
    )
    BodyOrganisation.objects.create(body=body, organisation=organisation, starts_on=OPENED)
    for kind in (Seat.Kind.CHAIR, Seat.Kind.CLINICAL, Seat.Kind.LAY):
        Seat.objects.create(body=body, organisation=organisation, kind=kind, starts_on=OPENED)


def _press_team(organisation: Organisation) -> None:
    host = organisation.name.lower().replace(" ", "-")
    team, made = Team.objects.get_or_create(
        organisation=organisation,
        name="Press office",
        defaults={"purpose": Team.Purpose.PRESS, "address": f"press@{host}.example"},
    )
    if made:
        member = Person.objects.filter(posts__organisation=organisation)[0]
        TeamMember.objects.create(team=team, person=member, starts_on=OPENED)
