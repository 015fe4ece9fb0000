"""Wrong passwords: guessing is slowed down, and whoever it is about still gets in (record 0036)."""

from __future__ import annotations

import random
import re
from datetime import timedelta
from ipaddress import ip_address
from typing import Any

import pytest
import time_machine
from django.contrib.auth.signals import user_login_failed
from django.core import signing
from django.core.cache import cache
from django.test import Client

from house import clock
from mou_portal.browsers import COOKIE
from mou_portal.letting_in import token_for
from parties.models import User
from tests.cast import PASSWORD, Cast
from tests.conftest import ClientOf, Mailbox
from tests.proof_plugin import Proof

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"
LET_IN = "/account/let-in/"
HERE = "203.0.113.200"


def try_(client: Client, user: User, password: str = PASSWORD, at: str = HERE) -> str:
    """Where the log-in form leads; "" when it comes back."""
    typed = {"login": user.email, "password": password}
    return client.post(LOGIN, typed, REMOTE_ADDR=at).headers.get("Location", "")


def guess_from_many(user: User, times: int = 50) -> None:
    """A stranger, each time from another address and in another browser."""
    for number in range(times):
        try_(Client(), user, "wrong-wrong-wrong", at=f"198.51.100.{number}")


def guess_from_here(user: User) -> None:
    """Somebody behind the same network address, in a browser of their own."""
    for _ in range(6):
        try_(Client(), user, "wrong-wrong-wrong")


def link_to(mailbox: Mailbox, user: User) -> str:
    found = re.search(r"http://[^/]+(/account/let-in/\S+)", str(mailbox.to(user.email)[-1].body))
    assert found
    return found[1]


# --- Barred -----------------------------------------------------------------------------------


def test_where_somebody_logged_in_before_strangers_bar_nobody(client: Client, cast: Cast) -> None:
    assert try_(client, cast.manager) == "/"
    client.post("/account/logout/")
    guess_from_many(cast.manager)
    guess_from_here(cast.manager)
    assert try_(Client(), cast.manager) == ""
    assert try_(client, cast.manager) == "/"


def test_a_known_browser_may_not_guess_either(client: Client, cast: Cast) -> None:
    assert try_(client, cast.manager) == "/"
    client.post("/account/logout/")
    for number in range(5):
        try_(client, cast.manager, "wrong-wrong-wrong", at=f"198.51.100.{number}")
    assert try_(client, cast.manager, at="198.51.100.77") == ""


def test_it_is_known_for_that_user_alone(client: Client, cast: Cast) -> None:
    assert try_(client, cast.viewer) == "/"
    client.post("/account/logout/")
    guess_from_many(cast.manager)
    assert try_(client, cast.manager) == ""


@pytest.mark.parametrize(
    "forged",
    ["", "x", signing.dumps(["a", []], salt="another")],
    ids=["empty", "no signature", "signed for something else"],
)
def test_a_cookie_that_is_not_ours_is_worth_nothing(cast: Cast, forged: str) -> None:
    guess_from_many(cast.manager)
    client = Client()
    client.cookies[COOKIE] = forged
    assert try_(client, cast.manager) == ""


def test_several_people_share_a_computer(client: Client, cast: Cast) -> None:
    for user in (cast.manager, cast.viewer):
        assert try_(client, user) == "/"
        client.post("/account/logout/")
    guess_from_many(cast.manager)
    assert try_(client, cast.manager) == "/"


# --- The way out ------------------------------------------------------------------------------


def test_a_link_lets_a_new_browser_try_the_right_password(
    client: Client, cast: Cast, mailbox: Mailbox
) -> None:
    guess_from_many(cast.manager)
    page = client.post(LOGIN, {"login": cast.manager.email, "password": PASSWORD}).content.decode()
    assert LET_IN in page
    assert LET_IN not in client.get(LOGIN).content.decode()
    client.post(LET_IN, {"email": cast.manager.email.upper()})
    link = link_to(mailbox, cast.manager)
    client.get(link)
    assert try_(client, cast.manager) == ""  # looking at it does nothing
    assert client.post(link).headers["Location"] == LOGIN
    assert client.get("/").status_code == 302  # it logs nobody in
    assert try_(client, cast.manager, "wrong-wrong-wrong") == ""
    assert try_(client, cast.manager) == "/"


def test_the_link_ends_with_a_log_in_and_after_half_an_hour(client: Client, cast: Cast) -> None:
    user = cast.manager
    link = f"{LET_IN}{token_for(user)}/"
    assert "Go on to log in" in client.get(link).content.decode()
    user.last_login = clock.now()
    user.save()
    assert "does not work any more" in client.get(link).content.decode()
    assert COOKIE not in client.post(link).cookies
    fresh = f"{LET_IN}{token_for(user)}/"
    with time_machine.travel(clock.now() + timedelta(minutes=31)):
        assert "does not work any more" in client.get(fresh).content.decode()


def test_a_closed_account_and_a_stranger_get_no_link(
    client: Client, cast: Cast, mailbox: Mailbox
) -> None:
    cast.manager.is_active = False
    cast.manager.save()
    pages = {
        client.post(LET_IN, {"email": address}).content
        for address in (cast.manager.email, "nobody.known@moors.example", cast.viewer.email)
    }
    assert len(pages) == 1
    assert [mail.to for mail in mailbox.all] == [[cast.viewer.email]]


def test_guessing_does_not_keep_anybody_from_acting_who_is_logged_in(
    client_of: ClientOf, cast: Cast
) -> None:
    client = client_of(cast.manager)
    guess_from_many(cast.manager)
    asked = client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert asked.status_code == 302


# --- How many ---------------------------------------------------------------------------------


@pytest.mark.proof("B11")
def test_wrong_passwords_slow_the_account_and_nobody_else(
    cast: Cast, proof: Proof, settings: Any
) -> None:
    """What `X-Forwarded-For` claims before the proxy's own entry is nobody's address."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    user, chance, tries = cast.manager, proof.chance(), proof.size(small=120, full=10_000)
    own, guesser, looked_at = Client(), Client(), []
    assert try_(own, user) == "/"
    own.post("/account/logout/")
    user_login_failed.connect(on_failure := lambda **said: looked_at.append(said))
    guess = {"login": user.email, "password": "wrong-wrong-wrong"}
    for number in range(tries):
        # From a few addresses, and claiming to come from as many as it likes.
        seen = f"198.51.100.{number % 250}" if number % 2 else HERE
        guesser.post(LOGIN, guess, headers={"x-forwarded-for": f"{claimed(chance)}, {seen}"})
    user_login_failed.disconnect(on_failure)
    let_in = [at for at in ("192.0.2.77", "198.51.100.1") if from_(Client(), user, at) == "/"]
    others = [cast.viewer, cast.other_manager, cast.other_viewer]
    kept_out = [each.email for each in others if from_(Client(), each, "198.51.100.1") != "/"]
    kept_out += [] if from_(own, user, HERE) == "/" else [user.email]
    proof.shows(
        f"{tries:,} wrong passwords, {len(looked_at)} of them looked at; the right one was then "
        f"refused in a new browser {2 - len(let_in)} times of 2; {len(kept_out)} kept out of "
        f"{len(others)} others behind the same address and the user in a known browser",
        reached=not let_in and not kept_out and len(looked_at) <= 50,
    )


def from_(client: Client, user: User, address: str) -> str:
    """Logs in behind the proxy."""
    typed = {"login": user.email, "password": PASSWORD}
    answer = client.post(LOGIN, typed, headers={"x-forwarded-for": address})
    return answer.headers.get("Location", "")


def claimed(chance: random.Random) -> str:
    """Addresses that a guesser says it came by."""
    return chance.choice(
        [
            "{}",
            "10.0.0.1, {}",
            "::1",
            "",
            "not an address",
            "2001:db8::1, {}",
            "127.0.0.1",
            "{}, {}",
        ]
    ).replace("{}", str(ip_address(chance.getrandbits(32))))


def test_a_site_with_one_address_logs_in_together(cast: Cast) -> None:
    """More in a minute than one address was allowed, some of them with a slip."""
    for number in range(40):
        assert try_(
            Client(), cast.viewer, "sl ip-sl ip-sl ip" if number % 10 == 9 else PASSWORD
        ) == ("" if number % 10 == 9 else "/")


def test_the_counts_outlast_many_others(cast: Cast) -> None:
    guess_from_many(cast.manager)
    for number in range(400):
        cache.set(f"another-{number}", 1, 3600)
    assert try_(Client(), cast.manager) == ""
