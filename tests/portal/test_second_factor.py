"""The second factor: added, asked for, and not to be gone round."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.test import Client

from tests.cast import PASSWORD, Cast
from tests.conftest import ClientOf, Mailbox
from tests.portal.factor import APP, LOGIN, code_for, log_in, send_password, with_app

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


def test_half_way_one_can_start_again_as_somebody_else(client: Client, cast: Cast) -> None:
    with_app(cast.manager)
    send_password(client, cast.manager)
    assert client.get(LOGIN).headers["Location"] == "/account/2fa/authenticate/"
    client.post("/account/logout/", {"next": LOGIN})
    assert client.get(LOGIN).status_code == 200
    assert send_password(client, cast.viewer) == "/"
