"""The second factor: added, asked for, and not to be gone round."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from parties.models import User
from tests.cast import PASSWORD, Cast
from tests.conftest import ClientOf, Mailbox

LOGIN = "/account/login/"
APP = "/account/2fa/totp/activate/"


@pytest.fixture
def required(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def code_for(secret: str) -> str:
    counters = sorted(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))


def with_app(user: User) -> str:
    """Gives the user an authenticator app and recovery codes; the app's secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def send_password(client: Client, user: User) -> str:
    answer = client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    return answer.headers.get("Location", "")


def log_in(client: Client, user: User, secret: str) -> None:
    send_password(client, user)
    client.post("/account/2fa/authenticate/", {"code": code_for(secret)})
    cache.clear()  # the same code again within a minute would be a replay


# --- Asked for ------------------------------------------------------------------------------


def test_the_password_alone_opens_nothing(client: Client, cast: Cast) -> None:
    with_app(cast.manager)
    assert send_password(client, cast.manager) == "/account/2fa/authenticate/"
    for path in ("/", "/organisations/", "/account/", "/account/2fa/", "/admin/"):
        assert client.get(path).headers["Location"].startswith(LOGIN), path


def test_the_code_of_the_app_lets_in(client: Client, cast: Cast) -> None:
    log_in(client, cast.manager, with_app(cast.manager))
    assert client.get("/").status_code == 200


def test_a_recovery_code_lets_in_once(client: Client, cast: Cast) -> None:
    with_app(cast.manager)
    stored = Authenticator.objects.get(user=cast.manager, type="recovery_codes")
    code = stored.wrap().get_unused_codes()[0]
    for lets_in in (True, False):
        send_password(client, cast.manager)
        client.post("/account/2fa/authenticate/", {"code": code})
        assert (client.get("/").status_code == 200) is lets_in
        client.post("/account/logout/")


def test_wrong_codes_are_limited(client: Client, cast: Cast) -> None:
    secret = with_app(cast.manager)
    send_password(client, cast.manager)
    for _ in range(5):
        page = client.post("/account/2fa/authenticate/", {"code": "000000"})
        assert "This code is not right" in page.content.decode()
    page = client.post("/account/2fa/authenticate/", {"code": code_for(secret)})
    assert "Too many wrong tries" in page.content.decode()


def test_a_new_password_by_e_mail_does_not_go_round_it(
    client: Client, cast: Cast, mailbox: Mailbox
) -> None:
    with_app(cast.manager)
    client.post("/account/password/reset/", {"email": cast.manager.email})
    link = (
        str(mailbox.to(cast.manager.email)[0].body).split("Choose a new password:\n")[1].split()[0]
    )
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "granite-and-curlew-9", "password2": "granite-and-curlew-9"})
    assert client.get("/").headers["Location"].startswith(LOGIN)
    answer = client.post(LOGIN, {"login": cast.manager.email, "password": "granite-and-curlew-9"})
    assert answer.headers["Location"] == "/account/2fa/authenticate/"


def test_the_log_in_of_the_admin_is_the_same(client: Client, cast: Cast) -> None:
    with_app(cast.system_administrator)
    assert client.get("/admin/").headers["Location"] == f"{LOGIN}?next=/admin/"
    data = {"username": cast.system_administrator.email, "password": PASSWORD}
    assert client.post("/admin/login/", data).headers["Location"].startswith(LOGIN)
    assert client.get("/admin/").headers["Location"].startswith(LOGIN)


def test_a_log_in_from_before_it_was_added_ends(
    client: Client, client_of: ClientOf, cast: Cast
) -> None:
    """Somebody who only knows the password must not wait for the second factor to appear."""
    earlier = client_of(cast.manager)
    assert earlier.get("/").status_code == 200
    with_app(cast.manager)
    assert earlier.get("/").headers["Location"].startswith(LOGIN)
    assert earlier.get(APP).headers["Location"].startswith(LOGIN)


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
    assert "an authenticator app was added" in mailbox.to(cast.manager.email)[0].subject


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


def test_half_way_one_can_start_again_as_somebody_else(client: Client, cast: Cast) -> None:
    with_app(cast.manager)
    send_password(client, cast.manager)
    assert client.get(LOGIN).headers["Location"] == "/account/2fa/authenticate/"
    client.post("/account/logout/", {"next": LOGIN})
    assert client.get(LOGIN).status_code == 200
    assert send_password(client, cast.viewer) == "/"
