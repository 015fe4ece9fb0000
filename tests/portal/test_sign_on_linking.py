"""Single sign-on is linked to an account, by an invitation or from the account, and taken off."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from audit.models import Entry
from parties.models import Invitation, Role, User
from parties.services.inviting import invite, token_for, withdraw
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.portal.signing_on import AGAIN, LINK, linked, log_in, says, shown_again
from tests.provider import NAME, START, Provider, just_now

pytestmark = pytest.mark.django_db


# --- An invited person


def invitation(cast: Cast) -> Invitation:
    return invite(
        by=acting(cast.administrator),
        organisation=cast.area_team,
        name="Nell Newcomer",
        email="nell.newcomer@moors.example",
        roles=[Role.VIEWER],
    )


def test_an_invited_person_makes_an_account_with_it(
    client: Client, cast: Cast, provider: Provider, mailbox: Mailbox
) -> None:
    client.get(f"/invitation/{token_for(invitation(cast))}/")
    page = says(client.get("/invitation/", follow=True))
    assert f"Make my account with {NAME}" in page
    log_in(provider, client, "nell", **{"for": "accept"})
    user = User.objects.get(email="nell.newcomer@moors.example")
    assert not user.has_usable_password()
    assert SocialAccount.objects.get().user == user
    assert "Nell Newcomer" in says(client.get("/"))
    assert Entry.objects.filter(verb="accepted an invitation", actor=user).exists()
    # From then on it is their log-in.
    later = Client()
    assert log_in(provider, later, "nell").headers["Location"] == "/"


@pytest.mark.parametrize("opened", [False, True])
def test_without_an_open_invitation_there_is_no_account(
    client: Client, cast: Cast, provider: Provider, opened: bool
) -> None:
    asked = invitation(cast)
    if opened:
        client.get(f"/invitation/{token_for(asked)}/")
        withdraw(by=acting(cast.administrator), invitation=asked)
    before = User.objects.count()
    assert log_in(provider, client, "nell", **{"for": "accept"}).status_code == 403
    assert User.objects.count() == before
    assert not SocialAccount.objects.exists()


def test_somebody_elses_log_in_does_not_take_an_invitation(
    client: Client, cast: Cast, provider: Provider
) -> None:
    linked(provider, cast.manager)
    client.get(f"/invitation/{token_for(invitation(cast))}/")
    assert "another account" in says(log_in(provider, client, "maud", **{"for": "accept"}))
    assert not User.objects.filter(email="nell.newcomer@moors.example").exists()


# --- From an account


def test_somebody_links_it_from_their_account(
    client_of: ClientOf, cast: Cast, provider: Provider, mailbox: Mailbox
) -> None:
    client = client_of(cast.manager)
    assert client.post(LINK).headers["Location"].startswith("/account/reauthenticate/")
    shown_again(client)
    answer = provider.log_in(client, client.post(LINK), "maud")
    assert answer.headers["Location"] == LINK
    assert "is linked to your account" in says(client.get(LINK))
    assert SocialAccount.objects.get().extra_data.keys() == {"id_token"}
    assert "was linked to your account" in mailbox.to(cast.manager.email)[0].subject
    assert Entry.objects.get(verb="account_connected").actor == cast.manager
    assert log_in(provider, Client()).headers["Location"] == "/"


def test_one_that_is_anothers_is_not_linked(
    client_of: ClientOf, cast: Cast, provider: Provider
) -> None:
    linked(provider, cast.viewer)
    client = shown_again(client_of(cast.manager))
    assert "another account" in says(provider.log_in(client, client.post(LINK), "maud"))
    assert SocialAccount.objects.get().user == cast.viewer


def test_it_is_taken_off_by_who_has_a_password(
    client_of: ClientOf, cast: Cast, provider: Provider
) -> None:
    linked(provider, cast.manager)
    client = shown_again(client_of(cast.manager))
    client.post(f"{START}unlink/")
    assert not SocialAccount.objects.exists()
    assert log_in(provider, Client()).status_code == 403


def test_the_only_way_in_stays(cast: Cast, client: Client, provider: Provider) -> None:
    linked(provider, cast.manager)
    cast.manager.set_unusable_password()
    cast.manager.save()
    log_in(provider, client)
    asked = client.post(f"{START}unlink/").headers["Location"]
    assert asked == f"{AGAIN}?{urlencode({'next': LINK})}"
    provider.knows("maud", auth_time=just_now())
    provider.log_in(client, client.post(AGAIN, {"next": LINK}), "maud")
    assert "choose a password" in says(client.get(LINK))
    client.post(f"{START}unlink/")
    assert SocialAccount.objects.exists()
