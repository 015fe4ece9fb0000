"""Browsers in which somebody has logged in before: what strangers try elsewhere does not bar them.

A cookie holds a number of the browser and marks of the last users, signed. It lets nobody in: it
gives their password tries a count of their own (record 0036).
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

COOKIE: Final = "__Host-browser" if settings.HTTPS else "browser"
LASTS: Final = timedelta(days=90)
# As many use one computer of a ward: more than these, and the oldest is forgotten.
MOST: Final = 20
_SALT: Final = "mou_portal.browsers"


def known(request: HttpRequest, login_name: str) -> str:
    """What this user's tries in this browser are counted under; "" where they are new here."""
    if request.user.is_authenticated and request.user.email.lower() == login_name:
        return f"user {request.user.pk}"
    number, marks = _read(request)
    return number if _mark(login_name) in marks else ""


def remember(request: HttpRequest, response: HttpResponseBase, login_name: str) -> None:
    """From now on this browser is one in which this user has shown who they are."""
    number, marks = _read(request)
    mark = _mark(login_name.lower())
    kept = [mark, *(each for each in marks if each != mark)][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps([number or secrets.token_hex(8), kept], salt=_SALT),
        max_age=LASTS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        held: Any = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=LASTS)
        number, marks = held
    except (signing.BadSignature, ValueError):
        return "", []
    return number, marks


def _mark(login_name: str) -> str:
    return salted_hmac(_SALT, login_name).hexdigest()[:16]
