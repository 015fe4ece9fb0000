"""Who plays in the tests. Everybody is made when first named, so a test pays for what it uses.

The manager and the colleague work for the Northern Moors Area Team, the other party for Eastmoor
CCG, the third party for Westmoor CCG, the stranger for Farvale CCG. All of them are invented.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from parties.acting import Acting, acting_for
from parties.models import Area, Membership, Organisation, OrganisationName, Person, Role, User

PASSWORD = "heather-and-bracken-7"
Kind = Organisation.Kind


def organisation(
    name: str, kind: str = Kind.CCG, *, ods_code: str | None = None, area: str = ""
) -> Organisation:
    """An organisation with one name, from 1 April 2013 on."""
    made = Organisation.objects.create(
        kind=kind,
        ods_code=ods_code,
        area=Area.objects.get_or_create(name=area)[0] if area else None,
        opened_on=date(2013, 4, 1),
    )
    OrganisationName.objects.create(
        organisation=made,
        name=name,
        address=f"1 Moor Street\n{name.split()[0]}",
        starts_on=date(2013, 4, 1),
    )
    return made


def person(name: str, email: str = "") -> Person:
    """Somebody, with or without an account. Their address is made from the name."""
    return Person.objects.create(name=name, email=email or address_of(name))


def user(name: str, of: Organisation | None = None, *roles: str, email: str = "") -> User:
    """Somebody who can log in with PASSWORD, with these roles in one organisation."""
    somebody = person(name, email)
    made = User.objects.create_user(somebody.email, PASSWORD, person=somebody)
    if of is not None:
        give(made, of, *roles)
    return made


def give(to: User, of: Organisation, *roles: str) -> None:
    """More roles for somebody, from 1 April 2013 on."""
    for role in roles:
        Membership.objects.create(user=to, organisation=of, role=role, starts_on=date(2013, 4, 1))


def person_of(user: User) -> Person:
    """The person behind an account of the cast."""
    assert user.person is not None
    return user.person


def address_of(name: str) -> str:
    return ".".join(name.lower().split()) + "@moors.example"


def acting(for_user: User, organisation: Organisation | None = None) -> Acting:
    """The user acting for an organisation, their first one if none is named."""
    return acting_for(for_user, organisation.pk if organisation else None)


class Cast:
    """One of each. The names of the attributes are the parts they play."""

    @cached_property
    def made(self) -> dict[object, Any]:
        """What was made for these people, by its maker (tests/once.py)."""
        return {}

    # --- Organisations

    @cached_property
    def area_team(self) -> Organisation:
        return organisation(
            "Northern Moors Area Team", Kind.AREA_TEAM, ods_code="Q99", area="Northern Moors"
        )

    @cached_property
    def ccg(self) -> Organisation:
        return organisation("Eastmoor CCG", ods_code="99E", area="Northern Moors")

    @cached_property
    def third_ccg(self) -> Organisation:
        return organisation("Westmoor CCG", ods_code="99W", area="Northern Moors")

    @cached_property
    def far_ccg(self) -> Organisation:
        return organisation("Farvale CCG", ods_code="99F", area="Farvale")

    @cached_property
    def practice(self) -> Organisation:
        return organisation("Beckside Surgery", Kind.PRACTICE, ods_code="Z99001")

    # --- The Area Team

    @cached_property
    def manager(self) -> User:
        return user("Maud Manager", self.area_team, Role.MANAGER)

    @cached_property
    def colleague(self) -> User:
        return user("Colin Colleague", self.area_team, Role.EDITOR)

    @cached_property
    def viewer(self) -> User:
        return user("Vera Viewer", self.area_team, Role.VIEWER)

    @cached_property
    def signatory(self) -> User:
        return user("Sid Signatory", self.area_team, Role.SIGNATORY)

    @cached_property
    def secretary(self) -> User:
        return user("Selma Secretary", self.area_team, Role.SECRETARY)

    @cached_property
    def administrator(self) -> User:
        return user("Adam Administrator", self.area_team, Role.ADMINISTRATOR)

    # --- The other party, Eastmoor CCG

    @cached_property
    def other_manager(self) -> User:
        return user("Olga Other", self.ccg, Role.MANAGER)

    @cached_property
    def other_colleague(self) -> User:
        return user("Oscar Othersby", self.ccg, Role.EDITOR)

    @cached_property
    def other_viewer(self) -> User:
        return user("Otto Otherwise", self.ccg, Role.VIEWER)

    @cached_property
    def other_signatory(self) -> User:
        return user("Orla Officer", self.ccg, Role.SIGNATORY)

    @cached_property
    def other_secretary(self) -> User:
        return user("Odile Otherwell", self.ccg, Role.SECRETARY)

    @cached_property
    def other_administrator(self) -> User:
        return user("Oswin Otherman", self.ccg, Role.ADMINISTRATOR)

    # --- The third party, Westmoor CCG

    @cached_property
    def third_manager(self) -> User:
        return user("Thea Third", self.third_ccg, Role.MANAGER)

    @cached_property
    def third_signatory(self) -> User:
        return user("Theo Thirdson", self.third_ccg, Role.SIGNATORY)

    # --- Nobody's party

    @cached_property
    def stranger(self) -> User:
        """Holds every role, in an organisation that has no part in anything."""
        return user("Stella Stranger", self.far_ccg, *Role.values)

    @cached_property
    def nobody(self) -> User:
        """Can log in and belongs to no organisation."""
        return user("Ned Nobody")

    @cached_property
    def system_administrator(self) -> User:
        made = user("Syd Admin")
        made.is_staff = made.is_superuser = True
        made.save()
        return made
