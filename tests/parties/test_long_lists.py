"""An organisation of many: its people, invitations and team members fifty at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from house import clock
from house.tracked import create_all
from parties.models import Invitation, Person, Post, Team, TeamMember
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.nhsuk.markup import Markup
from tests.reading import words_of
from tests.typed import fields_of
from web.paging import A_PART

pytestmark = pytest.mark.django_db
MANY = A_PART + 11


@pytest.fixture
def people(cast: Cast) -> list[Person]:
    """So many of the Area Team; all of them are invited, and in one team."""
    made = create_all(
        [Person(name=f"Walker {n:03}", email=f"w{n}@moors.example") for n in range(MANY)]
    )
    here, now = cast.area_team, clock.now()
    create_all([Post(person=each, organisation=here, title="Clerk") for each in made])
    team = Team.objects.create(organisation=here, purpose="press", name="Press", address="p@x.uk")
    create_all([TeamMember(team=team, person=each) for each in made])
    until = {"invited_at": now, "expires_at": now + timedelta(days=7)}
    invited = {"organisation": here, "roles": ["viewer"], "invited_by": cast.administrator}
    create_all([Invitation(person=p, email=p.email, **invited, **until) for p in made])
    return made


def test_each_list_of_an_organisation_has_its_own_pages(
    cast: Cast, client_of: ClientOf, people: list[Person]
) -> None:
    client, at = client_of(cast.administrator), f"/organisations/{cast.area_team.pk}/"
    first = client.get(at).content.decode()
    assert first.count(f'href="{at}people/') == A_PART + 2  # to add somebody, to upload a list
    assert "and 41 others" in first
    assert first.count("Send again") == A_PART
    second = client.get(f"{at}?page=2").content.decode()
    assert second.count("Send again") == A_PART
    assert people[-1].name in words_of(client.get(f"{at}?page=99&invitations=2"))
    # Going on in one list keeps the place in the other.
    links = [a["href"] for a in Markup(second).all("a") if "invitations=2" in a["href"]]
    assert links
    assert all("page=2" in link for link in links)


def test_members_of_a_team_have_pages(
    cast: Cast, client_of: ClientOf, people: list[Person]
) -> None:
    at = f"/organisations/{cast.area_team.pk}/teams/{Team.objects.get().pk}/"
    client = client_of(cast.administrator)
    assert client.get(at).content.decode().count("Take out") == A_PART
    assert people[-1].name in client.get(f"{at}?page=2").content.decode()


def test_somebody_of_many_is_chosen_by_name(
    cast: Cast, client_of: ClientOf, people: list[Person]
) -> None:
    at = f"/organisations/{cast.area_team.pk}/people/{people[0].pk}/leaves/"
    client = client_of(cast.administrator)
    typed = fields_of(client.get(at).content.decode())
    page = client.post(at, typed | {"successor": "Walker 0"}).content.decode()
    assert "More than 10 match “Walker 0”" in page
    assert client.post(at, typed | {"successor": "walker 060"}).status_code == 302
