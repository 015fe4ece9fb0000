"""Invitations: from the administrator's page to the account, and what does not work."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from audit.models import Entry
from house import clock
from mail.models import Delivery
from parties.models import Invitation, Role, User
from parties.services.inviting import accept_as_new, token_for, withdraw
from tests.cast import PASSWORD, Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.parties.invited import ADA, NEW, accept, invited, is_gone, link

# --- Somebody new ---------------------------------------------------------------------------


def test_an_invitation_becomes_an_account_with_its_roles(
    client: Client, cast: Cast, mailbox: Mailbox
) -> None:
    invited(cast, ADA, Role.EDITOR, Role.VIEWER)
    page = client.get(link(mailbox), follow=True).content.decode()
    assert "Invitation from Northern Moors Area Team" in page
    assert "Your roles: Editor, Viewer" in page
    assert "Your account is ready" in accept(client)
    ada = User.objects.get(email=ADA)
    assert ada.person is not None
    assert ada.person.name == "Ada Analyst"
    assert acting(ada).roles == {"editor", "viewer"}
    assert Entry.objects.get(verb="accepted an invitation").actor == ada
    answer = client.post("/account/login/", {"login": ADA, "password": NEW})
    assert answer.headers["Location"] == "/"


def test_opening_the_link_does_nothing(client: Client, cast: Cast, mailbox: Mailbox) -> None:
    invited(cast)
    for _ in range(3):
        assert client.get(link(mailbox), follow=True).status_code == 200
    assert not User.objects.filter(email=ADA).exists()
    assert Invitation.objects.get().accepted_at is None


def test_the_token_does_not_reach_the_next_address(
    client: Client, cast: Cast, mailbox: Mailbox
) -> None:
    invited(cast)
    assert client.get(link(mailbox)).headers["Location"] == "/invitation/"
    assert set(Delivery.objects.get().context) == {"invitation"}


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        (NEW, "another-granite-9", "Enter the same password twice"),
        ("short", "short", "too short"),
        ("ada.analyst1", "ada.analyst1", "too similar"),
        ("", "", "Enter a password"),
    ],
)
def test_a_password_that_does_not_do(
    password: str, again: str, sentence: str, client: Client, cast: Cast, mailbox: Mailbox
) -> None:
    invited(cast)
    client.get(link(mailbox))
    assert sentence in accept(client, password, again)
    assert not User.objects.filter(email=ADA).exists()


# --- Somebody who has an account ------------------------------------------------------------


def test_who_has_an_account_logs_in_and_then_gets_the_roles(
    client: Client, cast: Cast, mailbox: Mailbox
) -> None:
    invited(cast, cast.other_manager.email)
    page = client.get(link(mailbox, cast.other_manager.email), follow=True).content.decode()
    assert "Somebody logs in with this address already." in page
    data = {"login": cast.other_manager.email, "password": PASSWORD, "next": "/invitation/"}
    page = client.post("/account/login/", data, follow=True).content.decode()
    assert "Accept" in page
    page = client.post("/invitation/", follow=True).content.decode()
    assert "You can now act for Northern Moors Area Team" in page
    assert acting(cast.other_manager, cast.area_team).roles == {"editor"}
    assert acting(cast.other_manager, cast.ccg).roles == {"manager"}


def test_somebody_else_who_is_logged_in_gets_nothing(
    client_of: ClientOf, cast: Cast, mailbox: Mailbox
) -> None:
    invited(cast, cast.other_manager.email)
    client = client_of(cast.stranger)
    page = client.get(link(mailbox, cast.other_manager.email), follow=True).content.decode()
    assert "You are logged in as somebody else" in page
    client.post("/invitation/")
    assert acting(cast.stranger, cast.area_team).organisation == cast.far_ccg
    assert Invitation.objects.get().accepted_at is None


# --- What does not work any more ------------------------------------------------------------


def test_a_link_works_once(client: Client, cast: Cast, mailbox: Mailbox) -> None:
    invited(cast)
    path = link(mailbox)
    client.get(path)
    accept(client)
    assert is_gone(Client(), path)
    assert is_gone(client, "/invitation/")


def test_a_withdrawn_invitation_is_gone_and_not_sent(
    client: Client, cast: Cast, mailbox: Mailbox
) -> None:
    invitation = invited(cast)
    withdraw(by=acting(cast.administrator), invitation=invitation)
    assert mailbox.all == []
    assert is_gone(client, f"/invitation/{token_for(invitation)}/")


def test_an_old_link_is_gone(client: Client, cast: Cast, mailbox: Mailbox) -> None:
    invited(cast)
    path = link(mailbox)
    with time_machine.travel(clock.now() + timedelta(days=14, minutes=1)):
        assert is_gone(client, path)


@pytest.mark.parametrize("token", ["x", "MQ:1abcde:wrong", "a" * 500])
def test_a_wrong_link_is_the_same_page(token: str, client: Client, cast: Cast) -> None:
    assert is_gone(client, f"/invitation/{token}/")


def test_two_people_at_one_link_make_one_account(cast: Cast) -> None:
    from house.refusals import Refused

    first, second = invited(cast), Invitation.objects.get()
    accept_as_new(invitation=first, password=NEW)
    with pytest.raises(Refused):
        accept_as_new(invitation=second, password=NEW)
    assert User.objects.filter(email=ADA).count() == 1


def test_the_log_hides_the_token() -> None:
    from mou_portal.logs import masked

    assert masked("Not Found: /invitation/MQ:1abc:def/") == "Not Found: /invitation/…/"
    assert masked("GET /account/password/reset/key/1-abc-def/ 200").endswith("/key/…/ 200")
