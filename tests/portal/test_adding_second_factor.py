"""Where everybody needs a second factor: adding one, keeping one, taking one away."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django.fixtures import Settings

from tests.cast import PASSWORD, Cast
from tests.conftest import ClientOf, Mailbox
from tests.portal.factor import APP, LOGIN, code_for, log_in, send_password, with_app


@pytest.fixture
def required(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


# --- Required -------------------------------------------------------------------------------


@pytest.mark.usefixtures("required")
def test_who_has_none_can_open_nothing_but_adding_one(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.system_administrator)
    for path in ("/", "/organisations/", "/account/", "/admin/", "/admin/parties/user/"):
        assert client.get(path).headers["Location"] == "/account/2fa/?needed=1", path
    assert (
        "Add a second factor before you go on"
        in client.get("/account/2fa/?needed=1").content.decode()
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("required")
def test_after_adding_one_the_portal_opens(client: Client, cast: Cast, mailbox: Mailbox) -> None:
    send_password(client, cast.manager)
    asked = client.get(APP)
    assert asked.headers["Location"].startswith("/account/reauthenticate/")
    client.post(asked.headers["Location"], {"password": PASSWORD})
    page = client.get(APP).content.decode()
    secret = page.split('portal-code">')[1].split("<")[0].replace(" ", "")
    shown = client.post(APP, {"code": code_for(secret)}, follow=True)
    assert "Your recovery codes" in shown.content.decode()
    assert client.get("/").status_code == 200
    assert "An authenticator app was added" in mailbox.to(cast.manager.email)[0].subject


@pytest.mark.usefixtures("required")
def test_adding_one_needs_the_password_again(client: Client, cast: Cast) -> None:
    send_password(client, cast.manager)
    assert client.get(APP).headers["Location"].startswith("/account/reauthenticate/")
    add = client.get("/account/2fa/webauthn/add/")
    assert add.headers["Location"].startswith("/account/reauthenticate/")


@pytest.mark.usefixtures("required")
def test_the_last_one_cannot_be_removed(client: Client, cast: Cast) -> None:
    log_in(client, cast.manager, with_app(cast.manager))
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.post("/account/2fa/totp/deactivate/")
    assert "You need a second factor" in page.content.decode()
    assert Authenticator.objects.filter(user=cast.manager, type="totp").exists()


def test_a_second_one_needs_the_first_and_the_password(client: Client, cast: Cast) -> None:
    with_app(cast.manager)
    send_password(client, cast.manager)
    assert client.get("/account/2fa/webauthn/add/").headers["Location"].startswith(LOGIN)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert client.get("/account/2fa/webauthn/add/").headers["Location"].startswith(LOGIN)


# --- Added and removed ----------------------------------------------------------------------


def test_removing_it_tells_the_person(client: Client, cast: Cast, mailbox: Mailbox) -> None:
    log_in(client, cast.manager, with_app(cast.manager))
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=cast.manager).exists()
    assert "was removed" in mailbox.to(cast.manager.email)[0].subject


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/account/2fa/", "Authenticator app"),
        ("/account/2fa/recovery-codes/", "10 codes of 10 left"),
        ("/account/2fa/recovery-codes/generate/", "will not work any more"),
        ("/account/2fa/webauthn/", "You have no passkey yet"),
        ("/account/2fa/webauthn/add/", "Add a passkey"),
        ("/account/2fa/totp/deactivate/", "Remove the authenticator app"),
        ("/account/2fa/reauthenticate/", "Confirm that it is you"),
        ("/account/password/change/", "Change your password"),
    ],
)
def test_each_page_opens(path: str, words: str, client: Client, cast: Cast) -> None:
    log_in(client, cast.manager, with_app(cast.manager))
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert words in client.get(path).content.decode()


def test_the_codes_can_be_kept_as_a_file(client: Client, cast: Cast) -> None:
    log_in(client, cast.manager, with_app(cast.manager))
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    answer = client.get("/account/2fa/recovery-codes/download/")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert len(answer.content.decode().split()) == 10
