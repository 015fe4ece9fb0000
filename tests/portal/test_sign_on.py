"""Single sign-on, against a provider that runs on this machine (record 0037)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponseBase
from django.test import Client
from pytest_django.fixtures import Settings

from audit.models import Entry
from parties.models import Invitation, Role, User
from parties.services.inviting import invite, token_for, withdraw
from tests.cast import PASSWORD, Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.portal.factor import with_app
from tests.provider import NAME, START, Provider, at_the_portal, just_now

pytestmark = pytest.mark.django_db
LINK = f"{START}link/"
AGAIN = f"{START}again/"


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    with at_the_portal(settings) as provider:
        yield provider


def linked(provider: Provider, user: User, sub: str = "maud") -> None:
    SocialAccount.objects.create(user=user, provider=provider.configured.key, uid=sub)


def log_in(provider: Provider, client: Client, sub: str = "maud", **to: str) -> HttpResponseBase:
    return provider.log_in(client, client.post(START, to), sub)


def says(answer: HttpResponseBase) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def is_logged_in(client: Client) -> bool:
    return client.get("/").status_code == 200


# --- Logging in -------------------------------------------------------------------------------


def test_who_linked_it_logs_in_and_comes_to_the_page_asked_for(
    client: Client, cast: Cast, provider: Provider
) -> None:
    linked(provider, cast.manager)
    assert f"Log in with {NAME}" in says(client.get("/account/login/"))
    answer = log_in(provider, client, next="/organisations/")
    assert answer.headers["Location"] == "/organisations/"
    assert "Maud Manager" in says(client.get("/"))


def test_what_we_ask_for_is_who_it_is_and_no_more(client: Client, provider: Provider) -> None:
    asked = parse_qs(urlsplit(client.post(START).headers["Location"]).query)
    assert asked["scope"] == ["openid"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["nonce"][0]
    assert client.get(START).status_code == 405


def test_an_address_that_is_alike_links_nothing(
    client: Client, cast: Cast, provider: Provider
) -> None:
    """Even one that the provider says it verified: another may be its owner there, or have been."""
    provider.knows("mallory", email=cast.manager.email, email_verified=True)
    before = User.objects.count()
    answer = log_in(provider, client, "mallory")
    assert answer.status_code == 403
    assert "belongs to no account here" in says(answer)
    assert not is_logged_in(client)
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == before


def test_a_closed_account_stays_closed(client: Client, cast: Cast, provider: Provider) -> None:
    linked(provider, cast.manager)
    cast.manager.is_active = False
    cast.manager.save()
    assert log_in(provider, client).headers["Location"] == "/account/inactive/"
    assert not is_logged_in(client)


def test_one_of_another_issuer_is_never_taken_for_its_like(
    client: Client, cast: Cast, provider: Provider
) -> None:
    SocialAccount.objects.create(user=cast.manager, provider="oidc-of-another", uid="maud")
    assert log_in(provider, client).status_code == 403


def test_who_gives_up_there_is_back_at_the_log_in(client: Client, provider: Provider) -> None:
    asked = client.post(START)
    state = parse_qs(urlsplit(asked.headers["Location"]).query)["state"][0]
    back = provider.come_back(asked, "maud", action="deny")
    assert "error=access_denied" in back
    back += "" if "state=" in back else f"&state={state}"  # this provider forgets it here
    assert client.get(back).headers["Location"] == "/account/login/"


@pytest.mark.parametrize("wrong", ["code=x", "state=x", "nothing", "client", "issuer"])
def test_what_is_not_right_lets_nobody_in(
    client: Client, cast: Cast, provider: Provider, wrong: str
) -> None:
    linked(provider, cast.manager)
    back = provider.come_back(client.post(START), "maud")
    if wrong == "client":
        client = Client()  # who got the address of somebody else's log-in
    elif wrong == "issuer":
        at = provider.configured.key
        provider.configure(issuer=provider.url.replace("localhost", "127.0.0.1"))
        SocialAccount.objects.filter(provider=at).update(provider=provider.configured.key)
    elif wrong == "nothing":
        back = back.partition("?")[0]
    else:
        back += f"&{wrong}"
    assert client.get(back).status_code == 403
    assert not is_logged_in(client)


def test_a_token_for_another_question_is_refused(
    client: Client, cast: Cast, provider: Provider
) -> None:
    linked(provider, cast.manager)
    back = provider.come_back(client.post(START), "maud")
    session = client.session
    states = session["socialaccount_states"]
    for state, *_ in states.values():
        state["nonce"] = "another"
    session["socialaccount_states"] = states
    session.save()
    assert client.get(back).status_code == 403


def test_a_provider_that_is_away_leaves_the_password(
    client: Client, cast: Cast, settings: Settings, provider: Provider
) -> None:
    provider.configure(issuer="http://127.0.0.1:1")
    answer = client.post(START)
    assert answer.status_code == 503
    assert f"{NAME} does not answer" in says(answer)
    login = {"login": cast.manager.email, "password": PASSWORD}
    assert client.post("/account/login/", login).headers["Location"] == "/"


def test_where_it_is_not_configured_nothing_of_it_exists(
    client: Client, cast: Cast, client_of: ClientOf
) -> None:
    member = client_of(cast.manager)
    assert client.post(START).status_code == 404
    assert client.get(f"{START}callback/").status_code == 404
    assert member.get(LINK).status_code == 404
    assert "single-sign-on" not in says(client.get("/account/login/"))
    assert "single-sign-on" not in says(member.get("/account/"))


# --- Linking ----------------------------------------------------------------------------------


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


def shown_again(client: Client) -> Client:
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


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


# --- The second factor ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "counts", "opens"),
    [
        ({}, {"mfa"}, False),
        ({"amr": ["pwd"]}, {"mfa"}, False),
        ({"amr": ["pwd", "mfa"]}, {"mfa"}, True),
        ({"acr": "high"}, {"high"}, True),
        ({"amr": ["mfa"]}, set(), False),
        ({}, {"*"}, True),
    ],
)
def test_a_second_factor_shown_there_counts_where_it_was_said_to(
    client: Client, cast: Cast, settings: Settings, provider: Provider,
    said: dict[str, object], counts: set[str], opens: bool,
) -> None:  # fmt: skip
    settings.SECOND_FACTOR_REQUIRED = True
    provider.configure(second_factor=frozenset(counts))
    provider.knows("maud", **said)
    linked(provider, cast.manager)
    log_in(provider, client)
    home = client.get("/")
    assert (home.status_code == 200) is opens
    assert opens or home.headers["Location"] == "/account/2fa/?needed=1"


def test_who_has_one_here_is_asked_for_it_too(
    client: Client, cast: Cast, client_of: ClientOf, provider: Provider
) -> None:
    with_app(cast.manager)
    provider.configure(second_factor=frozenset({"*"}))
    linked(provider, cast.manager)
    assert log_in(provider, client).headers["Location"].startswith("/account/2fa/authenticate/")
    assert not is_logged_in(client)


# --- Logging out ------------------------------------------------------------------------------


def test_logging_out_ends_it_there_too(client: Client, cast: Cast, provider: Provider) -> None:
    linked(provider, cast.manager)
    log_in(provider, client)
    there = client.post("/account/logout/").headers["Location"]
    assert there.startswith(f"{provider.url}/oauth2/end_session?")
    assert requests.get(there, timeout=5).status_code == 200
    assert not is_logged_in(client)


def test_who_logged_in_here_logs_out_here(
    client_of: ClientOf, cast: Cast, provider: Provider
) -> None:
    linked(provider, cast.manager)
    assert client_of(cast.manager).post("/account/logout/").headers["Location"].startswith("/")
