"""What an ID token says of how somebody logged in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

Claims = Mapping[str, Any]

# Seconds by which the provider's clock may differ from ours.
SKEW: Final = 60


def showed_second_factor(claims: Claims, counts: frozenset[str]) -> bool:
    """Whether the provider says so in a way that this portal was told to take for it."""
    if "*" in counts:
        return True
    ways = claims.get("amr")
    named = ways if isinstance(ways, list) else [ways]
    return any(isinstance(each, str) and each in counts for each in [*named, claims.get("acr")])


def logged_in_since(claims: Claims, asked_at: float, now: float) -> bool:
    """Whether the person showed who they are after they were asked, not some time before.

    A token that does not say when is no proof. `asked_at` and `now` are in seconds since 1970.
    """
    at = claims.get("auth_time")
    if isinstance(at, bool) or not isinstance(at, int | float):
        return False
    return asked_at - SKEW <= at <= now + SKEW
