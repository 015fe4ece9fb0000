"""For whom one acts, and how long a log-in lasts."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from house import clock
from parties.models import Role
from tests.cast import Cast, give
from tests.conftest import ClientOf


@pytest.fixture
def of_two(client_of: ClientOf, cast: Cast) -> Client:
    """The manager of the Area Team, who is an administrator of Eastmoor CCG too."""
    give(cast.manager, cast.ccg, Role.ADMINISTRATOR)
    return client_of(cast.manager)


def test_one_acts_for_ones_only_organisation_without_choosing(
    client_of: ClientOf, cast: Cast
) -> None:
    page = client_of(cast.viewer).get("/").content.decode()
    assert "Northern Moors Area Team" in page
    assert "the organisation you act for" not in page


def test_choosing_changes_the_header_and_the_roles(of_two: Client, cast: Cast) -> None:
    names = f"/organisations/{cast.ccg.pk}/name/"
    assert of_two.get(names).status_code == 403
    page = of_two.post("/acting/", {"organisation": cast.ccg.pk}, follow=True).content.decode()
    assert "You now act for Eastmoor CCG." in page
    assert of_two.get(names).status_code == 200


def test_only_ones_own_organisations_can_be_chosen(of_two: Client, cast: Cast) -> None:
    page = of_two.post("/acting/", {"organisation": cast.far_ccg.pk}).content.decode()
    assert "Choose one of your organisations" in page
    assert "Farvale CCG" not in page


def test_a_choice_that_ended_falls_back(of_two: Client, cast: Cast) -> None:
    of_two.post("/acting/", {"organisation": cast.ccg.pk})
    membership = cast.manager.memberships.get(organisation=cast.ccg)
    membership.ends_on = membership.starts_on
    membership.save()
    assert "Northern Moors Area Team" in of_two.get("/").content.decode()


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        ("/organisations/", "/organisations/"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("home", "/"),
        ("agreements:list", "/"),
        ("no such page", "/"),
        ("javascript:alert(1)", "/"),
        ("/meetings/\nSet-Cookie: a=b", "/meetings/%0ASet-Cookie:%20a=b"),
    ],
)
def test_the_way_back_stays_in_the_portal(
    target: str, leads_to: str, of_two: Client, cast: Cast
) -> None:
    answer = of_two.post("/acting/", {"organisation": cast.ccg.pk, "next": target})
    assert answer.headers["Location"] == leads_to


def test_who_belongs_to_nobody_is_told_what_to_do(client_of: ClientOf, cast: Cast) -> None:
    for path in ("/", "/acting/", "/account/"):
        page = client_of(cast.nobody).get(path).content.decode()
        assert "You belong to no organisation here yet" in page


# --- How long -------------------------------------------------------------------------------


def test_a_log_in_ends_after_half_an_hour_without_use(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.manager)
    client.get("/")
    with time_machine.travel(clock.now() + timedelta(minutes=31)):
        assert client.get("/").status_code == 302


def test_use_keeps_it_alive_but_not_beyond_twelve_hours(client_of: ClientOf, cast: Cast) -> None:
    client, start = client_of(cast.manager), clock.now()
    for minutes in range(0, 12 * 60, 25):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            assert client.get("/").status_code == 200, minutes
    with time_machine.travel(start + timedelta(hours=12, minutes=1)):
        assert client.get("/").headers["Location"].startswith("/account/login/")


def test_pages_do_not_stay_in_a_shared_computers_cache(client_of: ClientOf, cast: Cast) -> None:
    assert client_of(cast.manager).get("/").headers["Cache-Control"] == "private, no-store"
