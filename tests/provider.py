"""An OpenID Connect provider on this machine, and people who log in there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import requests
from django.core.cache import cache
from django.http import HttpResponseBase
from django.test import Client
from oidc_provider_mock import run_server_in_thread

from mou_portal.sign_on.configured import SignOn

NAME = "Fellmail"
START = "/account/single-sign-on/"


@dataclass
class Provider:
    settings: Any
    url: str

    @property
    def configured(self) -> SignOn:
        found: SignOn = self.settings.SINGLE_SIGN_ON
        return found

    def configure(self, **changes: Any) -> None:
        self.settings.SINGLE_SIGN_ON = replace(self.configured, **changes)
        self.settings.SOCIALACCOUNT_PROVIDERS = self.configured.for_allauth()
        cache.clear()

    def knows(self, sub: str, **claims: Any) -> None:
        """From now on its tokens say this of that person."""
        requests.put(f"{self.url}/users/{sub}", json=claims, timeout=5).raise_for_status()

    def log_in(self, client: Client, asked: HttpResponseBase, sub: str) -> HttpResponseBase:
        """The person logs in there, and comes back with the answer; what the portal then says."""
        return client.get(self.come_back(asked, sub))

    def come_back(self, asked: HttpResponseBase, sub: str, **form: str) -> str:
        """The address that the provider sends the person's browser back to."""
        page = asked.headers["Location"]
        assert page.startswith(self.url), page
        answer = requests.post(page, data={"sub": sub} | form, allow_redirects=False, timeout=5)
        back = answer.headers["Location"]
        assert back.startswith(self.settings.SITE_URL)
        return back.removeprefix(self.settings.SITE_URL)


@contextmanager
def at_the_portal(settings: Any) -> Iterator[Provider]:
    """People may log in to the portal by it."""
    with run_server_in_thread() as server:
        url = f"http://localhost:{server.server_port}"
        settings.SINGLE_SIGN_ON = SignOn(NAME, url, "the-portal", "a-secret")
        provider = Provider(settings, url)
        provider.configure()
        yield provider
    cache.clear()


def just_now() -> int:
    return int(time.time())
