"""The list of organisations and the page of one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db.models import Q

from house.room import Room
from house.rooms import registered
from house.wall import WhoAsks
from parties.acting import Acting
from parties.models import Body, BodyOrganisation, OrganisationName, Person, Post, Seat, Team
from parties.services.people import end_at_once
from tests.cast import Cast, acting, organisation, person, person_of
from tests.conftest import ClientOf


@pytest.fixture
def shared() -> Iterator[set[int]]:
    """The ids of people with whom an agreement is shared, as an upper room would answer."""
    ids: set[int] = set()

    class Agreements(Room):
        name = "agreements of this test"

        def people_shared_with(self, acting: WhoAsks) -> list[Q]:
            return [Q(pk__in=ids)]

    with registered(Agreements()):
        yield ids


def post(who: Person, of: object, title: str = "Accountable Officer") -> Post:
    return Post.objects.create(  # type: ignore[misc]
        person=who, organisation=of, title=title, starts_on=date(2013, 4, 1)
    )


# --- The list -------------------------------------------------------------------------------


def test_who_belongs_to_none_or_no_longer_sees_no_directory(
    client_of: ClientOf, cast: Cast
) -> None:
    cast.viewer.memberships.get().delete()
    end_at_once(cast.colleague.memberships.get())
    for who in (cast.nobody, cast.viewer, cast.colleague):
        client = client_of(who)
        for path in ("/organisations/", f"/organisations/{cast.area_team.pk}/"):
            assert client.get(path).status_code == 403
        assert "/organisations/" not in client.get("/").content.decode()
    assert "/organisations/" in client_of(cast.manager).get("/").content.decode()
    assert not Person.objects.visible_to(acting(cast.colleague)).exclude(user=cast.colleague)


def test_every_member_sees_all_organisations(client_of: ClientOf, cast: Cast) -> None:
    _ = cast.area_team, cast.ccg, cast.far_ccg
    page = client_of(cast.viewer).get("/organisations/").content.decode()
    assert "3 organisations" in page
    places = [page.index(f">{name}<") for name in ("Eastmoor CCG", "Farvale CCG")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("text=moor", ["Eastmoor CCG", "Northern Moors Area Team"]),
        ("text=99e", ["Eastmoor CCG"]),
        ("kind=area_team", ["Northern Moors Area Team"]),
        ("text=eastmoor&kind=area_team", []),
        ("text=old", ["Eastmoor CCG"]),
    ],
)
def test_the_list_is_narrowed_by_text_and_kind(
    query: str, found: list[str], client_of: ClientOf, cast: Cast
) -> None:
    OrganisationName.objects.create(
        organisation=cast.ccg, name="Old Moorside PCT", ends_on=date(2013, 3, 31)
    )
    everybody = [cast.area_team, cast.ccg, cast.far_ccg]
    page = client_of(cast.viewer).get(f"/organisations/?{query}").content.decode().split("<main")[1]
    assert [each.name for each in everybody if f">{each.name}<" in page] == sorted(
        found, key=[each.name for each in everybody].index
    )


def test_the_list_has_pages_that_keep_the_filter(client_of: ClientOf, cast: Cast) -> None:
    for number in range(51):
        organisation(f"Practice {number:02}", "practice")
    client = client_of(cast.viewer)
    page = client.get("/organisations/?kind=practice").content.decode()
    assert "?kind=practice&amp;page=2" in page
    assert "Practice 50" in client.get("/organisations/?kind=practice&page=2").content.decode()


def test_a_list_of_fifty_asks_few_questions(
    client_of: ClientOf, cast: Cast, django_assert_max_num_queries: object
) -> None:
    for number in range(50):
        organisation(f"Practice {number:02}", "practice", area="Northern Moors")
    client = client_of(cast.manager)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = client.get("/organisations/").content.decode()
    assert sum(f"Practice {number:02}" in page for number in range(50)) >= 25


# --- One organisation -----------------------------------------------------------------------


def test_former_names_stand_with_their_dates(client_of: ClientOf, cast: Cast) -> None:
    OrganisationName.objects.create(
        organisation=cast.ccg,
        name="Old Moorside PCT",
        starts_on=date(2006, 10, 1),
        ends_on=date(2013, 3, 31),
    )
    page = client_of(cast.viewer).get(f"/organisations/{cast.ccg.pk}/").content.decode()
    assert "Old Moorside PCT, 1 October 2006 to 31 March 2013" in page


def test_a_colleague_sees_people_with_posts_and_roles(client_of: ClientOf, cast: Cast) -> None:
    post(person_of(cast.manager), cast.area_team, "Head of Primary Care")
    page = client_of(cast.viewer).get(f"/organisations/{cast.area_team.pk}/").content.decode()
    assert "Head of Primary Care" in page
    assert "MoU manager" in page
    assert "Add a person" not in page


def test_a_stranger_sees_the_organisation_but_nobody_in_it(client_of: ClientOf, cast: Cast) -> None:
    _ = cast.manager
    page = client_of(cast.stranger).get(f"/organisations/{cast.area_team.pk}/").content.decode()
    assert "Northern Moors Area Team" in page
    assert "Maud Manager" not in page
    assert cast.manager.email not in page


def test_the_other_party_sees_those_with_whom_it_shares_an_agreement(
    client_of: ClientOf, cast: Cast, shared: set[int]
) -> None:
    _ = cast.colleague
    shared.add(person_of(cast.manager).pk)
    page = client_of(cast.other_manager).get(f"/organisations/{cast.area_team.pk}/")
    assert "Maud Manager" in page.content.decode()
    assert "Colin Colleague" not in page.content.decode()


def test_members_of_teams_and_holders_of_seats_are_hidden_in_the_same_way(
    client_of: ClientOf, cast: Cast
) -> None:
    chair = person("Cherry Chair")
    team = Team.objects.create(
        organisation=cast.area_team, name="Press office", purpose="press", address="p@moors.example"
    )
    team.members.create(person=chair)
    body = Body.objects.create(name="Board", kind="governing_body")
    BodyOrganisation.objects.create(body=body, organisation=cast.area_team)
    Seat.objects.create(body=body, organisation=cast.area_team, person=chair, kind="chair")
    path = f"/organisations/{cast.area_team.pk}/"
    assert "Cherry Chair" in client_of(cast.viewer).get(path).content.decode()
    stranger = client_of(cast.stranger).get(path).content.decode()
    assert "Press office" in stranger
    assert "Chair: Held" in stranger
    assert "Cherry Chair" not in stranger


def test_people_visible_to_nobody_are_none_and_to_a_lone_user_themself(cast: Cast) -> None:
    from django.contrib.auth.models import AnonymousUser

    _ = cast.manager, person("Pat Without-Account")
    assert not Person.objects.visible_to(Acting(AnonymousUser())).exists()
    assert list(Person.objects.visible_to(acting(cast.nobody))) == [cast.nobody.person]


def test_names_are_escaped(client_of: ClientOf, cast: Cast) -> None:
    post(person("<script>alert(1)</script>"), cast.area_team, "<b>Boss</b>")
    page = client_of(cast.administrator).get(f"/organisations/{cast.area_team.pk}/")
    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;alert" in page.content.decode()
