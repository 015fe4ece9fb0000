"""Roles: given and taken at once, and never to the last administrator."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from audit.models import Entry
from house.refusals import Refused
from nhsuk.forms import date_boxes
from parties.acting import Acting
from parties.models import Membership, Role, User
from parties.services.roles import set_roles
from tests.cast import Cast, acting, give, person_of, user
from tests.conftest import ClientOf
from tests.parties.staffed import at, person_page


def test_roles_are_given_and_taken_at_once(client_of: ClientOf, cast: Cast) -> None:
    who = person_of(cast.colleague)
    client_of(cast.administrator).post(person_page(cast, who, "roles/"), {"roles": ["viewer"]})
    assert acting(cast.colleague).roles == {"viewer"}
    entry = Entry.objects.get(verb="changed roles")
    assert entry.payload == {"given": ["viewer"], "taken": ["editor"], "own": False}


def test_a_role_that_was_given_today_can_be_taken_today(cast: Cast) -> None:
    by = acting(cast.administrator)
    for roles in (["viewer", "editor"], ["viewer"], ["viewer", "editor"]):
        set_roles(by=by, organisation=cast.area_team, user=cast.colleague, roles=roles)
        assert acting(cast.colleague).roles == set(roles)


def test_changing_ones_own_roles_is_recorded_as_such(client_of: ClientOf, cast: Cast) -> None:
    who = person_of(cast.administrator)
    data = {"roles": ["administrator", "manager"]}
    client_of(cast.administrator).post(person_page(cast, who, "roles/"), data)
    assert Entry.objects.get(verb="changed roles").payload["own"] is True


def test_the_last_administrator_cannot_remove_themself(client_of: ClientOf, cast: Cast) -> None:
    who = person_of(cast.administrator)
    page = client_of(cast.administrator).post(person_page(cast, who, "roles/"), {"roles": []})
    assert "would have no administrator left" in page.content.decode()
    data = date_boxes("last_day", date(2014, 9, 30))
    page = client_of(cast.administrator).post(person_page(cast, who, "leaves/"), data)
    assert "would have no administrator left" in page.content.decode()
    assert acting(cast.administrator).has(Role.ADMINISTRATOR)


def test_with_a_second_administrator_they_can(cast: Cast) -> None:
    give(cast.manager, cast.area_team, Role.ADMINISTRATOR)
    by = acting(cast.administrator)
    set_roles(by=by, organisation=cast.area_team, user=cast.administrator, roles=[])
    assert acting(cast.administrator).organisation is None


def test_an_administrator_whose_account_is_closed_does_not_count(cast: Cast) -> None:
    second = user("Zoe Second", cast.area_team, Role.ADMINISTRATOR)
    second.is_active = False
    second.save()
    with pytest.raises(Refused, match="no administrator left"):
        set_roles(
            by=acting(cast.administrator),
            organisation=cast.area_team,
            user=cast.administrator,
            roles=[],
        )


def test_a_role_that_ended_is_gone_with_the_next_request(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.administrator)
    assert client.get(at(cast, "people/add/")).status_code == 200
    for membership in Membership.objects.filter(user=cast.administrator):
        membership.ends_on = date(2013, 5, 1)
        membership.save()
    assert client.get(at(cast, "people/add/")).status_code == 403


def test_an_account_that_is_closed_is_out_with_the_next_request(
    client_of: ClientOf, cast: Cast
) -> None:
    client = client_of(cast.manager)
    cast.manager.is_active = False
    cast.manager.save()
    assert client.get("/").headers["Location"].startswith("/account/login/")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_remove_each_other_at_once(cast: Cast) -> None:
    give(cast.manager, cast.area_team, Role.ADMINISTRATOR)
    pairs = [(cast.administrator, cast.manager), (cast.manager, cast.administrator)]
    acts = [(acting(by), other) for by, other in pairs]
    start = Barrier(2)

    def remove(by: Acting, other: User) -> None:
        start.wait()
        with suppress(Refused):
            set_roles(by=by, organisation=cast.area_team, user=other, roles=[])
        connection.close()

    threads = [Thread(target=remove, args=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    left = Membership.objects.current().filter(role=Role.ADMINISTRATOR, organisation=cast.area_team)
    assert left.count() == 1
