"""What an organisation's administrator does with its people, through the pages."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from audit.models import Entry
from house.refusals import NotYours
from house.tracked import create_all
from nhsuk.forms import date_boxes
from parties.holdings import MOST_HELD
from parties.models import Person, Post, Role, User
from parties.services.leaving import leave
from tests.cast import Cast, acting, give, person_of, user
from tests.conftest import ClientOf, Mailbox
from tests.parties.staffed import MONDAY, at, person_page, staff

# --- Adding ---------------------------------------------------------------------------------


def test_a_person_is_added_with_a_post(client_of: ClientOf, cast: Cast) -> None:
    data = {"name": " Ada  Analyst", "email": "ADA@moors.example", "title": "Analyst"}
    page = client_of(cast.administrator).post(at(cast, "people/add/"), data, follow=True)
    assert "Ada Analyst was added" in page.content.decode()
    added = Person.objects.get(email="ada@moors.example")
    assert added.posts.get().organisation == cast.area_team
    assert Entry.objects.get(verb="added a person").actor == cast.administrator


def test_a_person_with_roles_gets_an_invitation(
    client_of: ClientOf, cast: Cast, mailbox: Mailbox
) -> None:
    data = {
        "name": "Ada Analyst",
        "email": "ada@moors.example",
        "title": "Analyst",
        "roles": ["editor"],
    }
    page = client_of(cast.administrator).post(at(cast, "people/add/"), data, follow=True)
    assert "We sent an invitation to ada@moors.example" in page.content.decode()
    assert "Make an account by" in mailbox.to("ada@moors.example")[0].subject


def test_a_role_without_an_address_is_told_at_the_address(client_of: ClientOf, cast: Cast) -> None:
    data = {"name": "Ada Analyst", "title": "Analyst", "roles": ["editor"]}
    page = client_of(cast.administrator).post(at(cast, "people/add/"), data).content.decode()
    assert "Enter an e-mail address: the invitation goes there" in page
    assert 'value="Ada Analyst"' in page
    assert not Person.objects.filter(name="Ada Analyst").exists()


@pytest.mark.parametrize("path", ["name/", "people/add/", "people/upload/", "teams/add/"])
def test_only_its_own_administrator_may(path: str, client_of: ClientOf, cast: Cast) -> None:
    for outsider in (cast.manager, cast.other_administrator, cast.stranger):
        assert client_of(outsider).get(at(cast, path)).status_code == 403
    assert client_of(cast.administrator).get(at(cast, path)).status_code == 200


def test_another_organisations_person_is_not_found(client_of: ClientOf, cast: Cast) -> None:
    stranger = cast.stranger.person
    assert stranger is not None
    assert client_of(cast.administrator).get(person_page(cast, stranger)).status_code == 404


# --- Changing -------------------------------------------------------------------------------


def test_the_address_that_somebody_logs_in_with_stays(client_of: ClientOf, cast: Cast) -> None:
    """Otherwise an administrator could take over an account by its address."""
    who = person_of(cast.manager)
    data = {"name": "Maud M.", "email": "mine@evil.example"}
    page = client_of(cast.administrator).post(person_page(cast, who, "edit/"), data)
    assert "Maud Manager logs in with this address" in page.content.decode()
    assert User.objects.get(pk=cast.manager.pk).email == cast.manager.email


def test_somebody_of_two_organisations_is_not_one_administrators_to_rename(
    client_of: ClientOf, cast: Cast
) -> None:
    """Otherwise one organisation could turn another's e-mails to an address of its own."""
    who = staff(cast)
    Post.objects.create(person=who, organisation=cast.ccg, title="Adviser")
    data = {"name": who.name, "email": "mine@evil.example"}
    page = client_of(cast.administrator).post(person_page(cast, who, "edit/"), data)
    assert "belongs to another organisation too" in page.content.decode()
    who.refresh_from_db()
    assert who.email == "ada.analyst@moors.example"


def test_name_and_address_are_corrected_and_kept_in_history(
    client_of: ClientOf, cast: Cast
) -> None:
    who = staff(cast)
    data = {"name": "Ada Ånalyst", "email": "ada.a@moors.example"}
    client_of(cast.administrator).post(person_page(cast, who, "edit/"), data)
    who.refresh_from_db()
    assert (who.name, who.email) == ("Ada Ånalyst", "ada.a@moors.example")
    assert who.history.count() == 2
    assert who.history.first().history_user == cast.administrator


@time_machine.travel(MONDAY, tick=False)
def test_a_post_is_added_and_ended(client_of: ClientOf, cast: Cast) -> None:
    who, client = staff(cast), client_of(cast.administrator)
    client.post(person_page(cast, who, "posts/add/"), {"title": "Deputy"})
    deputy = who.posts.get(title="Deputy")
    assert deputy.starts_on == date(2014, 9, 1)
    data = date_boxes("last_day", date(2014, 9, 30))
    client.post(person_page(cast, who, f"posts/{deputy.pk}/end/"), data)
    deputy.refresh_from_db()
    assert deputy.ends_on == date(2014, 9, 30)


def test_a_post_cannot_end_before_it_began(client_of: ClientOf, cast: Cast) -> None:
    who = staff(cast)
    data = date_boxes("last_day", date(2013, 3, 1))
    page = client_of(cast.administrator).post(
        person_page(cast, who, f"posts/{who.posts.get().pk}/end/"), data
    )
    assert "The last day is before the first day" in page.content.decode()


# --- Leaving --------------------------------------------------------------------------------


@time_machine.travel(MONDAY, tick=False)
def test_ada_leaves(client_of: ClientOf, cast: Cast) -> None:
    ada = user("Ada Analyst", cast.area_team, Role.EDITOR)
    give(ada, cast.ccg, Role.VIEWER)
    who = ada.person
    assert who is not None
    Post.objects.create(person=who, organisation=cast.area_team, title="Analyst")
    client = client_of(cast.administrator)
    page = client.get(person_page(cast, who, "leaves/")).content.decode()
    assert "Analyst of Northern Moors Area Team" in page
    assert "Editor of Northern Moors Area Team" in page
    assert "Viewer of Eastmoor CCG" not in page
    data = date_boxes("last_day", date(2014, 8, 31))
    page = client.post(person_page(cast, who, "leaves/"), data, follow=True).content.decode()
    assert "Ada Analyst leaves. 2 posts, roles and places end." in page
    assert acting(ada).organisation == cast.ccg
    assert who.posts.get().ends_on == date(2014, 8, 31)
    assert Entry.objects.get(verb="ended all of a person").object_id == str(who.pk)


def test_leaving_needs_an_administrator_of_that_organisation(cast: Cast) -> None:
    with pytest.raises(NotYours):
        leave(
            by=acting(cast.other_administrator),
            organisation=cast.area_team,
            person=staff(cast),
            last_day=date(2014, 9, 30),
        )


def test_of_very_many_things_that_somebody_holds_the_first_are_named(
    client_of: ClientOf, cast: Cast
) -> None:
    ada = staff(cast)
    titles = (f"Clerk {n}" for n in range(MOST_HELD))
    create_all([Post(person=ada, organisation=cast.area_team, title=title) for title in titles])
    for path in ("", "leaves/"):
        page = client_of(cast.administrator).get(person_page(cast, ada, path)).content.decode()
        listed = page.split("nhsuk-list--bullet")[1].split("</ul>")[0]
        assert listed.count("<li>") == MOST_HELD
        assert "There is more: these are the first of them." in page
