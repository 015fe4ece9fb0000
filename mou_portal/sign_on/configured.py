"""The provider by which people may log in, as the environment names it (.env.example)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

# Of Microsoft: log-ins of whatever organisation in the world.
_ANYBODYS = frozenset({"common", "organizations", "consumers"})


@dataclass(frozen=True)
class SignOn:
    """`second_factor`: values of `amr` or `acr` that say that one was shown; "*" for always."""

    name: str
    issuer: str
    client_id: str
    client_secret: str
    second_factor: frozenset[str] = frozenset()

    @property
    def origin(self) -> str:
        """Where a form may lead to that begins a log-in."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def key(self) -> str:
        """What identities are stored under: one of another issuer is never taken for its like."""
        return f"oidc-{sha256(self.issuer.encode()).hexdigest()[:16]}"

    def for_allauth(self) -> dict[str, Any]:
        app = {
            "provider_id": self.key,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.client_secret,
            # Where it says what it is; some issuers end with a slash, which their tokens keep.
            "settings": {"server_url": self.issuer.rstrip("/"), "oauth_pkce_enabled": True},
        }
        return {"openid_connect": {"APPS": [app]}}


def sign_on(env: Mapping[str, str], *, strict: bool) -> SignOn | None:
    """None where no issuer is named. Raises ImproperlyConfigured for one that is unfit."""
    issuer = env.get("OIDC_ISSUER", "").strip()
    if not issuer:
        return None
    _must_be_fit(issuer, strict=strict)
    client_id, secret = env.get("OIDC_CLIENT_ID", ""), env.get("OIDC_CLIENT_SECRET", "")
    if not client_id or not secret:
        raise ImproperlyConfigured(
            "OIDC_ISSUER is set. Set OIDC_CLIENT_ID and OIDC_CLIENT_SECRET too."
        )
    return SignOn(
        name=env.get("OIDC_NAME", "") or "single sign-on",
        issuer=issuer,
        client_id=client_id,
        client_secret=secret,
        second_factor=frozenset(env.get("OIDC_SECOND_FACTOR", "").replace(",", " ").split()),
    )


def _must_be_fit(issuer: str, *, strict: bool) -> None:
    if strict and not issuer.startswith("https://"):
        raise ImproperlyConfigured(f"OIDC_ISSUER is {issuer!r}. It must start with https://.")
    if not _ANYBODYS.isdisjoint(urlsplit(issuer).path.split("/")):
        raise ImproperlyConfigured(
            f"OIDC_ISSUER is {issuer!r}, which lets anybody in. Name the tenant of your own."
        )
