"""Somebody of two organisations follows a link from an e-mail; a stranger learns nothing."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from agreements.models import Agreement
from audit.models import Entry
from parties.models import Role
from tests.cast import Cast, give
from tests.conftest import ClientOf
from tests.once import made_once
from tests.stages import drafted

pytestmark = pytest.mark.django_db
made, cast = made_once(drafted)
BUTTON = "Open it as Eastmoor CCG"


@pytest.fixture
def of_two(client_of: ClientOf, cast: Cast) -> Client:
    """Acts for Farvale CCG, which has no part in anything; belongs to Eastmoor CCG too."""
    give(cast.stranger, cast.ccg, Role.VIEWER)
    client = client_of(cast.stranger)
    client.post("/acting/", {"organisation": cast.far_ccg.pk})
    return client


def page_of(client: Client, path: str) -> str:
    """What stands in the page, without what differs each time."""
    text = client.get(path).content.decode()
    return re.sub(r'(nonce|value)="[^"]*"', "", text)


@pytest.mark.parametrize("below", ["", "people/", "text/", "history/"])
def test_the_link_opens_as_the_other_organisation_with_one_press(
    below: str, of_two: Client, cast: Cast
) -> None:
    path = f"/agreements/{Agreement.objects.get().reference}/{below}"
    answer = of_two.get(path)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert BUTTON in page
    assert "Farvale CCG, for which you act now, cannot open this page." in page
    said = {"organisation": cast.ccg.pk, "next": path}
    assert of_two.post("/acting/", said, follow=True).status_code == 200
    assert "You act for another organisation now" not in of_two.get(path).content.decode()


def test_a_stranger_and_who_has_two_others_get_the_very_same_404(
    client_of: ClientOf, cast: Cast
) -> None:
    there, nowhere = f"/agreements/{Agreement.objects.get().reference}/", "/agreements/MOU-9999/"
    give(cast.third_manager, cast.practice, Role.MANAGER)
    for who in (cast.stranger, cast.third_manager):
        client = client_of(who)
        assert client.get(there).status_code == client.get(nowhere).status_code == 404
        assert page_of(client, there) == page_of(client, nowhere)


def test_what_asks_for_a_role_opens_as_the_organisation_that_gave_it(
    client_of: ClientOf, cast: Cast
) -> None:
    """A viewer of one side who manages the other: the link asks for a manager."""
    give(cast.other_manager, cast.area_team, Role.VIEWER)
    client = client_of(cast.other_manager)
    client.post("/acting/", {"organisation": cast.area_team.pk})
    path = f"/agreements/{Agreement.objects.get().reference}/stop/"
    page = client.get(path)
    assert page.status_code == 403
    assert BUTTON in page.content.decode()
    # Who may not there either is told that alone.
    give(cast.viewer, cast.ccg, Role.VIEWER)
    assert BUTTON not in client_of(cast.viewer).get(path).content.decode()


def test_looking_whether_it_opens_writes_nothing_and_a_form_is_not_sent_again(
    of_two: Client, cast: Cast
) -> None:
    path = f"/agreements/{Agreement.objects.get().reference}/"
    before = Entry.objects.count()
    of_two.get(path)
    assert Entry.objects.count() == before
    assert of_two.post(f"{path}contacts/").status_code == 404


def test_a_membership_that_ended_opens_nothing(of_two: Client, cast: Cast) -> None:
    membership = cast.stranger.memberships.get(organisation=cast.ccg)
    membership.ends_on = membership.starts_on
    membership.save()
    assert of_two.get(f"/agreements/{Agreement.objects.get().reference}/").status_code == 404
