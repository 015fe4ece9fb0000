"""Rows that a former release tied to two organisations are found and divided."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from agreements.models import KeyContact
from audit.models import Entry
from parties.acting import Acting
from parties.models import Organisation, Person, Role
from parties.services.correcting import change_person
from parties.services.splitting import split_person, tied_to_several
from tests.cast import Cast, acting, give, person, person_of, user
from tests.conftest import ClientOf
from tests.stages import drafted

LIST = "/admin/parties/person/"


@pytest.fixture
def admin(client_of: ClientOf, cast: Cast) -> Client:
    return client_of(cast.system_administrator)


def tied(cast: Cast, *organisations: Organisation) -> Person:
    """As a former release left somebody of the Area Team whose address Eastmoor typed too."""
    una = person("Una Unsplit")
    for each in organisations or (cast.area_team, cast.ccg):
        una.posts.create(organisation=each, title="Lead", starts_on=date(2014, 1, 1))
    return una


def test_they_are_listed_and_each_organisation_gets_a_row_of_its_own(
    admin: Client, cast: Cast
) -> None:
    una = tied(cast)
    una.posts.create(organisation=cast.ccg, title="Deputy", ends_on=date(2014, 2, 1))
    cast.ccg.teams.create(name="Press", purpose="press", address="p@moors.example").members.create(
        person=una, starts_on=date(2014, 1, 1)
    )
    page = admin.get(f"{LIST}?tied=several").content.decode()
    assert "Una Unsplit" in page
    assert person_of(cast.manager).name not in page
    admin.post(f"{LIST}?tied=several", {"action": "split", "_selected_action": [una.pk]})
    own = Person.objects.get(name="Una Unsplit", posts__organisation=cast.ccg, posts__title="Lead")
    assert [post.title for post in own.posts.order_by("pk")] == ["Lead", "Deputy"]
    assert own.teams.count() == 1
    assert [post.organisation for post in una.posts.all()] == [cast.area_team]
    assert "Una Unsplit" not in admin.get(f"{LIST}?tied=several").content.decode()
    entry = Entry.objects.get(verb="gave a person a row of its own")
    assert entry.payload == {"was": una.pk, "organisation": cast.ccg.pk}


def test_afterwards_each_administrator_puts_their_own_right(cast: Cast) -> None:
    una = tied(cast)
    (own,) = split_person(by=Acting(cast.system_administrator), person=una)
    by = acting(cast.other_administrator)
    change_person(by=by, organisation=cast.ccg, person=own, name="Una East", email=own.email)
    una.refresh_from_db()
    assert una.name == "Una Unsplit"


def test_the_contact_roles_of_a_party_go_to_its_own_row(cast: Cast) -> None:
    una, agreement = tied(cast), drafted(cast)
    party = agreement.parties.get(slot="ccg")
    held = KeyContact.objects.create(
        party=party, role="mou_manager", person=una, starts_on=date(2014, 1, 1)
    )
    (own,) = split_person(by=Acting(cast.system_administrator), person=una)
    held.refresh_from_db()
    assert held.person == own


def test_an_account_keeps_its_row_and_who_took_roles_in_both_is_one(cast: Cast) -> None:
    both = user("Bea Both", cast.area_team, Role.VIEWER)
    give(both, cast.ccg, Role.VIEWER)
    one = user("Ola One", cast.ccg, Role.VIEWER)
    for each in (cast.area_team, cast.ccg):
        person_of(one).posts.create(organisation=each, title="Lead", starts_on=date(2014, 1, 1))
    assert tied_to_several() == {person_of(one).pk: [cast.area_team.pk]}


def test_three_organisations_become_three_rows(cast: Cast) -> None:
    una = tied(cast, cast.third_ccg, cast.ccg, cast.area_team)
    split_person(by=Acting(cast.system_administrator), person=una)
    assert Person.objects.filter(name=una.name).count() == 3
    assert tied_to_several() == {}
