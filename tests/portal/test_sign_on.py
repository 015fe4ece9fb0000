"""Single sign-on, against a provider that runs on this machine (record 0037)."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from pytest_django.fixtures import Settings

from parties.models import User
from tests.cast import PASSWORD, Cast
from tests.conftest import ClientOf
from tests.portal.factor import with_app
from tests.portal.signing_on import LINK, is_logged_in, linked, log_in, says
from tests.provider import NAME, START, Provider

pytestmark = pytest.mark.django_db


# --- Logging in


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


# --- The second factor


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


# --- Logging out


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
