"""Choosing a new password: by e-mail, or while logged in."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from audit.models import Entry
from mail.models import Delivery
from parties.models import User
from tests.cast import PASSWORD, Cast
from tests.conftest import ClientOf, Mailbox

LOGIN = "/account/login/"


def log_in(client: Client, user: User, password: str = PASSWORD, **options: str) -> str:
    """Sends the log-in form; where it leads, or "" when it comes back."""
    answer = client.post(LOGIN, {"login": user.email, "password": password}, **options)  # type: ignore[arg-type]
    return answer.headers.get("Location", "")


def is_logged_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def reset_link(mailbox: Mailbox, address: str) -> str:
    found = re.search(r"http\S+/account/password/reset/key/\S+", str(mailbox.to(address)[0].body))
    assert found
    return found[0]


def test_a_forgotten_password_is_replaced_by_e_mail_and_does_not_log_in(
    client: Client, cast: Cast, mailbox: Mailbox
) -> None:
    client.post("/account/password/reset/", {"email": cast.manager.email})
    link = reset_link(mailbox, cast.manager.email)
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    new = "granite-and-curlew-9"
    done = client.post(form, {"password1": new, "password2": new}, follow=True)
    assert "Your password was changed" in done.content.decode()
    assert not is_logged_in(client)
    assert log_in(client, cast.manager, new) == "/"


def test_opening_the_link_changes_nothing_and_it_works_once(
    client: Client, cast: Cast, mailbox: Mailbox
) -> None:
    client.post("/account/password/reset/", {"email": cast.manager.email})
    link = reset_link(mailbox, cast.manager.email)
    for _ in range(2):
        form = client.get(link, follow=True).redirect_chain[-1][0]
    new = "granite-and-curlew-9"
    client.post(form, {"password1": new, "password2": new})
    assert "does not work any more" in client.get(link, follow=True).content.decode()


def test_an_unknown_address_gets_the_same_page_and_no_e_mail(
    client: Client, cast: Cast, mailbox: Mailbox
) -> None:
    known = client.post("/account/password/reset/", {"email": cast.manager.email}, follow=True)
    mailbox.all.clear()
    unknown = client.post(
        "/account/password/reset/", {"email": "nobody.known@moors.example"}, follow=True
    )
    assert unknown.content == known.content
    assert mailbox.all == []


def test_the_outbox_keeps_no_token(client: Client, cast: Cast) -> None:
    client.post("/account/password/reset/", {"email": cast.manager.email})
    delivery = Delivery.objects.get()
    assert set(delivery.context) == {"typed", "asked_at"}


def test_a_closed_account_gets_no_link(client: Client, cast: Cast, mailbox: Mailbox) -> None:
    client.post("/account/password/reset/", {"email": cast.manager.email})
    cast.manager.is_active = False
    cast.manager.save()
    assert mailbox.all == []
    assert Delivery.objects.get().state == Delivery.State.CANCELLED


def test_changing_the_password_ends_every_log_in(
    client_of: ClientOf, cast: Cast, mailbox: Mailbox
) -> None:
    here, elsewhere = client_of(cast.manager), client_of(cast.manager)
    new = "granite-and-curlew-9"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    page = here.post("/account/password/change/", data, follow=True)
    assert "Your password was changed" in page.content.decode()
    assert not is_logged_in(here)
    assert not is_logged_in(elsewhere)
    assert "Your password was changed" in mailbox.to(cast.manager.email)[0].subject
    assert Entry.objects.get(verb="password_changed").actor == cast.manager


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("short", "too short"),
        ("123456789012345", "entirely numeric"),
        ("password1234", "too common"),
    ],
)
def test_a_weak_password_is_refused_in_words(
    new: str, sentence: str, client_of: ClientOf, cast: Cast
) -> None:
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    page = client_of(cast.manager).post("/account/password/change/", data)
    assert sentence in page.content.decode()


def test_a_password_that_is_like_the_person_is_refused(client_of: ClientOf, cast: Cast) -> None:
    data = {"oldpassword": PASSWORD, "password1": "maud.manager1", "password2": "maud.manager1"}
    page = client_of(cast.manager).post("/account/password/change/", data)
    assert "too similar" in page.content.decode()
