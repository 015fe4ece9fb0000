"""Logging in with e-mail address and password, and choosing a new password."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from parties.models import User
from tests.cast import PASSWORD, Cast
from tests.conftest import ClientOf

LOGIN = "/account/login/"


def log_in(client: Client, user: User, password: str = PASSWORD, **options: str) -> str:
    """Sends the log-in form; where it leads, or "" when it comes back."""
    answer = client.post(LOGIN, {"login": user.email, "password": password}, **options)  # type: ignore[arg-type]
    return answer.headers.get("Location", "")


def is_logged_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_somebody_logs_in_and_out(client: Client, cast: Cast) -> None:
    assert log_in(client, cast.manager) == "/"
    assert "Maud Manager" in client.get("/").content.decode()
    client.post("/account/logout/")
    assert client.get("/").headers["Location"] == f"{LOGIN}?next=/"


def test_the_address_may_be_typed_in_capitals(client: Client, cast: Cast) -> None:
    answer = client.post(LOGIN, {"login": cast.manager.email.upper(), "password": PASSWORD})
    assert answer.status_code == 302


def test_log_in_leads_back_to_the_page_that_was_asked_for(client: Client, cast: Cast) -> None:
    page = client.get("/organisations/", follow=True)
    assert 'name="next" value="/organisations/"' in page.content.decode()
    data = {"login": cast.manager.email, "password": PASSWORD, "next": "/organisations/"}
    assert client.post(LOGIN, data).headers["Location"] == "/organisations/"


def test_log_in_never_leads_to_another_site(client: Client, cast: Cast) -> None:
    data = {"login": cast.manager.email, "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post(LOGIN, data).headers["Location"] == "/"


def test_wrong_password_and_unknown_address_get_the_same_sentence(
    client: Client, cast: Cast
) -> None:
    pages = [
        client.post(LOGIN, {"login": address, "password": "wrong-wrong-wrong"}).content.decode()
        for address in (cast.manager.email, "nobody.known@moors.example")
    ]
    for page in pages:
        assert "The e-mail address or the password is not right" in page


def test_an_account_that_is_closed_cannot_log_in(client: Client, cast: Cast) -> None:
    cast.manager.is_active = False
    cast.manager.save()
    assert log_in(client, cast.manager) == "/account/inactive/"
    assert "Your account is closed" in client.get("/account/inactive/").content.decode()
    assert not is_logged_in(client)


def test_after_five_wrong_tries_the_right_password_waits_too(client: Client, cast: Cast) -> None:
    for _ in range(5):
        log_in(client, cast.manager, "wrong-wrong-wrong")
    page = client.post(LOGIN, {"login": cast.manager.email, "password": PASSWORD})
    assert "Too many wrong tries" in page.content.decode()


def test_who_guesses_from_one_address_does_not_lock_out_another(client: Client, cast: Cast) -> None:
    for _ in range(6):
        log_in(client, cast.manager, "wrong-wrong-wrong", REMOTE_ADDR="203.0.113.9")
    assert log_in(client, cast.manager, REMOTE_ADDR="203.0.113.10") == "/"


def test_guessing_from_many_addresses_is_limited_for_the_user(client: Client, cast: Cast) -> None:
    for number in range(50):
        log_in(client, cast.manager, "wrong-wrong-wrong", REMOTE_ADDR=f"203.0.113.{number}")
    assert log_in(client, cast.manager, REMOTE_ADDR="203.0.113.200") == ""
    assert log_in(client, cast.viewer, REMOTE_ADDR="203.0.113.200") == "/"


def test_the_host_of_a_request_does_not_reset_the_limit(client: Client, cast: Cast) -> None:
    for number in range(5):
        log_in(client, cast.manager, "wrong-wrong-wrong", HTTP_HOST=f"host{number}.example")
    assert log_in(client, cast.manager, HTTP_HOST="host9.example") == ""


@pytest.mark.parametrize("path", ["signup/", "email/", "confirm-email/", "3rdparty/", "2fa/trust/"])
def test_pages_that_are_not_offered_do_not_exist(
    path: str, client_of: ClientOf, cast: Cast
) -> None:
    assert client_of(cast.manager).get(f"/account/{path}").status_code == 404


def test_the_page_without_a_session_offers_the_ways_in(client: Client, db: None) -> None:
    page = client.get(LOGIN).content.decode()
    assert reverse("account_reset_password") in page
    assert "Log in with a passkey" in page
    assert 'autocomplete="current-password"' in page


def test_too_many_requests_from_one_address_get_a_page_in_words(
    client: Client, db: None, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "5/m/ip"}
    for number in range(6):
        answer = client.post(LOGIN, {"login": f"a{number}@moors.example", "password": "x" * 12})
    assert answer.status_code == 429
    assert "Wait 5 minutes" in answer.content.decode()
