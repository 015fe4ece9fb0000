"""People who log in by single sign-on, and what the portal says to them."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponseBase
from django.test import Client

from parties.models import User
from tests.cast import PASSWORD
from tests.provider import START, Provider

LINK = f"{START}link/"
AGAIN = f"{START}again/"


def linked(provider: Provider, user: User, sub: str = "maud") -> None:
    SocialAccount.objects.create(user=user, provider=provider.configured.key, uid=sub)


def log_in(provider: Provider, client: Client, sub: str = "maud", **to: str) -> HttpResponseBase:
    return provider.log_in(client, client.post(START, to), sub)


def says(answer: HttpResponseBase) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def is_logged_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def shown_again(client: Client) -> Client:
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client
