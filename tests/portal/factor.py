"""Logging in with a second factor, for tests."""

from __future__ import annotations

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client

from parties.models import User
from tests.cast import PASSWORD

LOGIN = "/account/login/"
APP = "/account/2fa/totp/activate/"


def code_for(secret: str) -> str:
    counters = sorted(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))


def with_app(user: User) -> str:
    """Gives the user an authenticator app and recovery codes; the app's secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def send_password(client: Client, user: User) -> str:
    answer = client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    return answer.headers.get("Location", "")


def log_in(client: Client, user: User, secret: str) -> None:
    send_password(client, user)
    client.post("/account/2fa/authenticate/", {"code": code_for(secret)})
    cache.clear()  # the same code again within a minute would be a replay
