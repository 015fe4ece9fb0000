"""Whether an ID token is the provider's own, for this portal, and still good."""

from __future__ import annotations

from typing import Any, Final

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

from mou_portal.sign_on.claims import SKEW

# Signatures by a key that the provider alone has: what both sides know signs for either.
_SIGNED_BY: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")
_HELD: Final = ("iss", "sub", "aud", "exp", "iat")


def read(token: str, *, keys: dict[str, Any], issuer: str, audience: str) -> dict[str, Any]:
    """What it says. Raises OAuth2Error for one that is not in order. `keys` is the JWK set."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_key_of(token, keys),
            algorithms=_SIGNED_BY,
            issuer=issuer,
            audience=audience,
            leeway=SKEW,
            options={"require": list(_HELD)},
        )
    except (jwt.PyJWTError, KeyError, TypeError, ValueError) as problem:
        raise OAuth2Error(f"The ID token is not in order: {problem!r}") from problem
    return claims


def _key_of(token: str, keys: dict[str, Any]) -> jwt.PyJWK:
    """The key that the token names; one that names none has the only key there is."""
    known = jwt.PyJWKSet.from_dict(keys).keys
    named = jwt.get_unverified_header(token).get("kid")
    fitting = [key for key in known if named is None or key.key_id == named]
    if len(fitting) != 1:
        raise KeyError(f"{len(fitting)} keys fit the key {named!r}.")
    return fitting[0]
