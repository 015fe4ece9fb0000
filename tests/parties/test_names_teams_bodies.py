"""An organisation's name and address, its teams, its bodies and their seats."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from nhsuk.forms import date_boxes
from parties.models import Body, BodyOrganisation, Seat, Team
from tests.cast import Cast, person_of
from tests.conftest import ClientOf

MONDAY = "2014-09-01 10:00+01:00"


def at(cast: Cast, path: str) -> str:
    return f"/organisations/{cast.area_team.pk}/{path}"


# --- The name -------------------------------------------------------------------------------


@time_machine.travel(MONDAY, tick=False)
def test_a_new_name_begins_on_a_day_and_the_old_one_ends_before_it(
    client_of: ClientOf, cast: Cast
) -> None:
    data = {"name": "NHS Moors", "address": "2 Moor Street\nNorthby"}
    data |= date_boxes("starts_on", date(2014, 10, 1))
    page = client_of(cast.administrator).post(at(cast, "name/"), data, follow=True)
    assert "hold from 1 October 2014" in page.content.decode()
    cast.area_team.refresh_from_db()
    assert cast.area_team.name_on(date(2014, 9, 30)) == "Northern Moors Area Team"
    assert cast.area_team.name_on(date(2014, 10, 1)) == "NHS Moors"
    assert [name.ends_on for name in cast.area_team.names.all()] == [date(2014, 9, 30), None]


@time_machine.travel(MONDAY, tick=False)
def test_the_same_day_again_corrects_the_name(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.administrator)
    for name in ("NHS Mors", "NHS Moors"):
        data = {"name": name, "address": ""} | date_boxes("starts_on", date(2014, 9, 1))
        client.post(at(cast, "name/"), data)
    assert [name.name for name in cast.area_team.names.all()] == [
        "Northern Moors Area Team",
        "NHS Moors",
    ]


@pytest.mark.parametrize(
    ("starts_on", "sentence"),
    [
        (date(2013, 3, 31), "hold from 1 April 2013. Enter that day or a later one."),
        (date(2014, 9, 1), "Nothing is different"),
    ],
)
def test_what_cannot_be_is_told(
    starts_on: date, sentence: str, client_of: ClientOf, cast: Cast
) -> None:
    data = {"name": cast.area_team.name, "address": "1 Moor Street\nNorthern"}
    data |= date_boxes("starts_on", starts_on)
    page = client_of(cast.administrator).post(at(cast, "name/"), data)
    assert sentence in page.content.decode()
    assert cast.area_team.names.count() == 1


# --- Teams ----------------------------------------------------------------------------------


def team(cast: Cast) -> Team:
    return Team.objects.create(
        organisation=cast.area_team, name="Press office", purpose="press", address="p@moors.example"
    )


def test_a_team_is_added_and_changed(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.administrator)
    data = {"name": "Press office", "purpose": "press", "address": "Press@moors.example"}
    client.post(at(cast, "teams/add/"), data)
    made = Team.objects.get()
    assert made.address == "press@moors.example"
    client.post(at(cast, f"teams/{made.pk}/edit/"), data | {"name": "Communications"})
    made.refresh_from_db()
    assert made.name == "Communications"
    again = client.post(at(cast, "teams/add/"), data | {"name": "COMMUNICATIONS"})
    assert "has a team of this name already" in again.content.decode()


def test_members_come_and_go(client_of: ClientOf, cast: Cast) -> None:
    made, client = team(cast), client_of(cast.administrator)
    data = {"person": person_of(cast.colleague).pk}
    client.post(at(cast, f"teams/{made.pk}/members/add/"), data)
    assert "Colin Colleague" in client.get(at(cast, f"teams/{made.pk}/")).content.decode()
    again = client.post(at(cast, f"teams/{made.pk}/members/add/"), data)
    assert "is in this team already" in again.content.decode()
    member = made.members.get()
    client.post(at(cast, f"teams/{made.pk}/members/{member.pk}/end/"))
    page = client.get(at(cast, f"teams/{made.pk}/")).content.decode()
    assert "Nobody is in the team yet" in page


def test_somebody_of_another_organisation_cannot_be_chosen(client_of: ClientOf, cast: Cast) -> None:
    made = team(cast)
    data = {"person": person_of(cast.stranger).pk}
    client_of(cast.administrator).post(at(cast, f"teams/{made.pk}/members/add/"), data)
    assert not made.members.exists()


def test_a_link_that_ends_a_member_needs_a_button(client_of: ClientOf, cast: Cast) -> None:
    made = team(cast)
    member = made.members.create(person=person_of(cast.colleague))
    path = at(cast, f"teams/{made.pk}/members/{member.pk}/end/")
    assert client_of(cast.administrator).get(path).status_code == 405


# --- Bodies ---------------------------------------------------------------------------------


def body(cast: Cast) -> Body:
    made = Body.objects.create(name="Board", kind="governing_body")
    BodyOrganisation.objects.create(
        body=made, organisation=cast.area_team, starts_on=date(2013, 4, 1)
    )
    return made


def test_a_body_gets_seats_that_are_handed_over(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.administrator)
    client.post(at(cast, "bodies/add/"), {"name": "Board", "kind": "governing_body"})
    made = Body.objects.get()
    client.post(at(cast, f"bodies/{made.pk}/seats/add/"), {"kind": "chair", "voting": "on"})
    vacant = Seat.objects.get()
    assert vacant.person is None
    data = {"person": person_of(cast.colleague).pk}
    client.post(at(cast, f"bodies/{made.pk}/seats/{vacant.pk}/"), data)
    page = client.get(at(cast, f"bodies/{made.pk}/")).content.decode()
    assert "Colin Colleague" in page
    held = Seat.objects.get(ends_on=None)
    client.post(at(cast, f"bodies/{made.pk}/seats/{held.pk}/end/"))
    assert not Seat.objects.filter(ends_on=None).exists()


def test_a_body_that_serves_others_too_is_not_ones_own_to_rename(
    client_of: ClientOf, cast: Cast
) -> None:
    made = body(cast)
    BodyOrganisation.objects.create(body=made, organisation=cast.ccg)
    data = {"name": "Mine", "kind": "group"}
    page = client_of(cast.administrator).post(at(cast, f"bodies/{made.pk}/edit/"), data)
    assert "This body serves others too" in page.content.decode()


def test_another_organisations_body_is_not_found(client_of: ClientOf, cast: Cast) -> None:
    made = Body.objects.create(name="Theirs", kind="group")
    BodyOrganisation.objects.create(body=made, organisation=cast.ccg)
    path = at(cast, f"bodies/{made.pk}/")
    assert client_of(cast.administrator).get(path).status_code == 404
