"""Who of a party is told: the contact, their deputy, the MoU manager, holders of the role."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.contacts.services.naming import name_contact
from agreements.core.telling import contacts_of, managers_by_party, managers_of
from agreements.models import Agreement, Party
from house import clock
from parties.models import Absence, Person
from tests.cast import Cast, acting, person, person_of
from tests.stages import drafted, template

pytestmark = pytest.mark.django_db


def our_side(cast: Cast) -> Party:
    return drafted(cast).parties.get(slot="area_team")


def named(cast: Cast, side: Party, role: str, who: Person, deputy: Person | None = None) -> None:
    name_contact(by=acting(cast.manager), party=side, role=role, person=who, deputy=deputy)


def addresses(side: Party, role: str) -> list[str]:
    return [recipient.address for recipient in contacts_of(side, role)]


def test_the_contact_is_told(cast: Cast) -> None:
    side = our_side(cast)
    named(cast, side, "primary_liaison", person_of(cast.colleague))
    assert addresses(side, "primary_liaison") == [cast.colleague.email]


def test_the_deputy_is_told_while_the_contact_is_away(cast: Cast) -> None:
    side = our_side(cast)
    away, deputy = person("Ada Away"), person("Dora Deputy")
    named(cast, side, "mou_manager", away, deputy)
    Absence.objects.create(person=away, starts_on=clock.today(), ends_on=clock.today())
    (told,) = managers_of(side)
    assert told.address == deputy.email
    assert told.why.endswith("is away and you are the deputy.")


def test_who_cannot_be_reached_is_replaced_by_the_mou_manager(cast: Cast) -> None:
    side = our_side(cast)
    without_address = Person.objects.create(name="Nora Noaddress")
    named(cast, side, "primary_liaison", without_address)
    named(cast, side, "mou_manager", person_of(cast.colleague))
    assert addresses(side, "primary_liaison") == [cast.colleague.email]


def test_without_any_contact_the_holders_of_the_role_are_told(cast: Cast) -> None:
    side = our_side(cast)
    assert addresses(side, "primary_liaison") == [cast.manager.email]


def test_the_managers_of_many_cost_as_much_as_those_of_one(cast: Cast) -> None:
    cast.other_manager  # noqa: B018 - whom the CCG's side finds
    source = template(cast.area_team)
    agreements = [drafted(cast, source=source) for _ in range(3)]
    for ours in Party.objects.filter(slot="area_team"):
        named(cast, ours, "mou_manager", person_of(cast.colleague), person("Dora Deputy"))

    def asked(*agreements: Agreement) -> tuple[int, list[str]]:
        parties = list(Party.objects.filter(agreement__in=agreements).order_by("agreement", "pk"))
        with CaptureQueriesContext(connection) as queries:
            found = managers_by_party(parties)
        return len(queries), [told.address for of_one in found.values() for told in of_one]

    both = [cast.colleague.email, cast.other_manager.email]
    assert asked(agreements[0])[1] == both
    assert asked(*agreements)[1] == both * 3
    assert asked(*agreements)[0] == asked(agreements[0])[0] <= 8
