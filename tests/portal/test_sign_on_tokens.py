"""ID tokens that are not in order, and settings that would let in whom nobody invited."""

from __future__ import annotations

import time
from typing import Any

import jwt
import pytest
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from mou_portal.sign_on.claims import SKEW, logged_in_since, showed_second_factor
from mou_portal.sign_on.configured import sign_on
from mou_portal.sign_on.tokens import read

OURS, OTHER = (rsa.generate_private_key(65537, 2048) for _ in range(2))
ISSUER, PORTAL = "https://login.example", "the-portal"


def keys(*named: str) -> dict[str, Any]:
    jwk = jwt.algorithms.RSAAlgorithm.to_jwk(OURS.public_key(), as_dict=True)
    return {"keys": [jwk | {"use": "sig"} | ({"kid": name} if name else {}) for name in named]}


def token(key: Any = OURS, algorithm: str = "RS256", kid: str = "", **changes: Any) -> str:
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": PORTAL, "sub": "maud", "iat": now, "exp": now + 300} | changes
    held = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(held, key, algorithm=algorithm, headers={"kid": kid} if kid else None)


def reads(text: str, *named: str) -> str:
    found = read(text, keys=keys(*(named or ("",))), issuer=ISSUER, audience=PORTAL)
    return str(found["sub"])


@pytest.mark.parametrize(("kid", "named"), [("", [""]), ("a", ["a"]), ("b", ["a", "b"])])
def test_one_in_order_says_who_it_is(kid: str, named: list[str]) -> None:
    assert reads(token(kid=kid), *named) == "maud"


@pytest.mark.parametrize(
    "bad",
    [
        {"key": OTHER},
        {"key": None, "algorithm": "none"},
        {"key": "a-secret-that-both-sides-know-of-32-bytes", "algorithm": "HS256"},
        {"kid": "unknown"},
        {"aud": "another"},
        {"iss": "https://login.example.evil"},
        {"exp": int(time.time()) - 10 * SKEW},
        {"iat": int(time.time()) + 24 * 60 * 60},
        {"sub": None},
        {"exp": None},
    ],
    ids=["another's key", "no signature", "signed by a secret", "unknown key", "for another",
         "by another", "too old", "from later", "of nobody", "without an end"],
)  # fmt: skip
def test_one_that_is_not_in_order_says_nothing(bad: dict[str, Any]) -> None:
    with pytest.raises(OAuth2Error):
        reads(token(**bad), "a")


@given(st.text(max_size=200))
def test_whatever_comes_instead_of_one_is_refused_in_words(text: str) -> None:
    with pytest.raises(OAuth2Error):
        reads(text)


@pytest.mark.parametrize(
    ("at", "fresh"),
    [(1000, True), (1000 - SKEW, True), (999 - SKEW, False), (1300, True), (1301 + SKEW, False),
     (None, False), ("1000", False), (True, False)],
)  # fmt: skip
def test_a_log_in_counts_from_when_it_was_asked_for(at: object, fresh: bool) -> None:
    assert logged_in_since({"auth_time": at}, asked_at=1000, now=1300) is fresh


@given(st.recursive(st.none() | st.booleans() | st.text(), st.lists), st.text())
def test_what_a_token_says_of_factors_never_breaks(amr: object, acr: str) -> None:
    assert showed_second_factor({"amr": amr, "acr": acr}, frozenset()) is False


FULL = {"OIDC_ISSUER": f"{ISSUER}/", "OIDC_CLIENT_ID": PORTAL, "OIDC_CLIENT_SECRET": "s"}


def test_the_settings_are_read() -> None:
    found = sign_on(FULL | {"OIDC_SECOND_FACTOR": "mfa, high"}, strict=True)
    assert found is not None
    assert (found.issuer, found.name) == (f"{ISSUER}/", "single sign-on")
    assert found.origin == ISSUER
    assert found.for_allauth()["openid_connect"]["APPS"][0]["settings"]["server_url"] == ISSUER
    assert found.second_factor == {"mfa", "high"}
    assert sign_on({}, strict=True) is None
    assert sign_on({"OIDC_ISSUER": " "}, strict=True) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"OIDC_ISSUER": "http://login.example"},
        {"OIDC_ISSUER": "https://login.microsoftonline.com/common/v2.0"},
        {"OIDC_ISSUER": "https://login.microsoftonline.com/organizations/v2.0"},
        {"OIDC_CLIENT_ID": ""},
        {"OIDC_CLIENT_SECRET": ""},
    ],
)
def test_settings_that_are_unfit_stop_the_start(changes: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured, match="OIDC_"):
        sign_on(FULL | changes, strict=True)
