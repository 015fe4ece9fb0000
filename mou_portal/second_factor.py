"""The second factor: who works on real agreements has one (settings.SECOND_FACTOR_REQUIRED).

Two questions before a page opens. Has this log-in shown the second factor that the user has? A
log-in from before it was added has not: it ends. And does the user have one, where one is needed?
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest

TYPES = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# What somebody without a second factor needs to add one.
_OPEN = {"account_reauthenticate"}


def has_second_factor(user: Any) -> bool:
    return bool(is_mfa_enabled(user, TYPES))


def was_shown(request: HttpRequest) -> bool:
    """Whether this log-in used a second factor, or added one."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def must_add_second_factor(view_name: str) -> bool:
    """Whether a user who has no second factor has to add one before this page opens."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    return view_name not in _OPEN and not view_name.startswith("mfa_")


@receiver(authenticator_added)
def _count_as_shown(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    """Who adds one proves it by doing so: only their other log-ins end."""
    if authenticator.type in TYPES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
