"""Who logged in by single sign-on shows there, anew, that it is them before they sign."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponseBase
from django.test import Client

from agreements.models import Signature, SignatureRequest
from house import clock
from tests.cast import Cast
from tests.portal.signing_on import AGAIN
from tests.provider import NAME, START, Provider, just_now
from tests.stages import asked
from tests.typed import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(cast: Cast) -> SignatureRequest:
    return asked(cast)[0]


@pytest.fixture
def client(cast: Cast, provider: Provider) -> Client:
    """The signatory's, who has no password and came by single sign-on."""
    SocialAccount.objects.create(user=cast.signatory, provider=provider.configured.key, uid="sig")
    cast.signatory.set_unusable_password()
    cast.signatory.save()
    client = Client()
    provider.log_in(client, client.post(START), "sig")
    return client


def page_of(request: SignatureRequest) -> str:
    return f"/agreements/{request.version.agreement.reference}/sign/{request.pk}/"


def signs(client: Client, request: SignatureRequest) -> bool:
    typed = fields_of(client.get(page_of(request)).content.decode())
    typed |= {"typed_name": str(request.person), "agree": "on"}
    client.post(page_of(request), typed)
    return Signature.objects.exists()


def show_again(
    client: Client, provider: Provider, back_to: str, sub: str = "sig", **claims: Any
) -> HttpResponseBase:
    provider.knows(sub, **claims)
    return provider.log_in(client, client.post(AGAIN, {"next": back_to}), sub)


def test_they_sign_after_they_logged_in_anew(
    client: Client, request_: SignatureRequest, provider: Provider
) -> None:
    page = client.get(page_of(request_)).content.decode()
    assert AGAIN in page
    assert not signs(client, request_)
    assert f"You logged in with {NAME}" in client.get(AGAIN).content.decode()
    back = show_again(client, provider, page_of(request_), auth_time=just_now())
    assert back.headers["Location"] == page_of(request_)
    assert signs(client, request_)


def test_the_provider_is_told_to_ask(client: Client, provider: Provider) -> None:
    there = client.post(AGAIN).headers["Location"]
    assert "prompt=login" in there
    assert "max_age=0" in there


@pytest.mark.parametrize(
    "claims", [{"auth_time": None}, {"auth_time": 1_000_000}, {"auth_time": "now"}]
)
def test_a_log_in_of_some_time_before_does_not_count(
    client: Client, request_: SignatureRequest, provider: Provider, claims: dict[str, Any]
) -> None:
    answer = show_again(client, provider, page_of(request_), **claims)
    assert answer.status_code == 403
    assert "log in anew" in answer.content.decode()  # type: ignore[attr-defined]
    assert not signs(client, request_)


def test_somebody_elses_does_not_count(
    client: Client, cast: Cast, request_: SignatureRequest, provider: Provider
) -> None:
    SocialAccount.objects.create(user=cast.manager, provider=provider.configured.key, uid="maud")
    answer = show_again(client, provider, page_of(request_), "maud", auth_time=just_now())
    assert answer.status_code == 403
    assert not signs(client, request_)


def test_it_counts_for_some_minutes(
    client: Client, request_: SignatureRequest, provider: Provider
) -> None:
    show_again(client, provider, page_of(request_), auth_time=just_now())
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        assert not signs(client, request_)


@pytest.mark.parametrize("page", ["/account/2fa/totp/activate/", "/account/2fa/webauthn/add/"])
def test_a_way_to_log_in_is_added_after_that_too(
    client: Client, provider: Provider, page: str
) -> None:
    """Else a browser left open would be enough to sign for ever."""
    assert client.get(page).headers["Location"].startswith(AGAIN)
    show_again(client, provider, page, auth_time=just_now())
    assert client.get(page).status_code == 200
    assert not Authenticator.objects.exists()


def test_nobody_is_led_to_another_site(client: Client, provider: Provider) -> None:
    back = show_again(client, provider, "https://evil.example/", auth_time=just_now())
    assert back.headers["Location"] == "/"
