"""The second factor: who works on real agreements has one (settings.SECOND_FACTOR_REQUIRED)."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

# What somebody without a second factor needs to add one, or to leave.
_OPEN = {"account_logout", "account_reauthenticate", "healthz", "readyz"}


def must_add_second_factor(user: Any, view_name: str) -> bool:
    """Whether this user has to add a second factor before this page opens."""
    if not settings.SECOND_FACTOR_REQUIRED or view_name in _OPEN or view_name.startswith("mfa_"):
        return False
    return not is_mfa_enabled(user)
