"""Whether the person at the keyboard is the one who logged in: asked anew for each signature.

With a password they enter it on the page itself. Who logged in by passkey, or has no password,
goes through django-allauth's page for it; who logged in by single sign-on, back to where they did.
Who has no way at all may not sign here: allauth would take their word for it.
"""

from __future__ import annotations

import time
from enum import Enum
from typing import cast
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.internal import ratelimit
from allauth.mfa.webauthn.internal.flows import did_use_passwordless_login
from django.http import HttpRequest
from django.urls import reverse

from house.refusals import Refused
from nhsuk.forms import Form
from parties.models import User

WRONG = "This is not your password. Enter it again. Nothing was signed."
TOO_MANY = "Too many wrong passwords. Wait 5 minutes, then sign again. Nothing was signed."
AGAIN = "Show again that it is you: it was too long ago. Your name is kept. Nothing was signed."
# Wrong tries only; who knows the password may sign ten agreements in a minute.
LIMIT = "5/5m/user"


class Way(Enum):
    """How this person shows that it is them."""

    PASSWORD = "password"  # noqa: S105 - the name of a way
    ELSEWHERE = "elsewhere"
    NONE = "none"


def way_of(request: HttpRequest) -> Way:
    """The way that fits how the person logged in."""
    user = cast("User", request.user)
    if by_sign_on(request):
        return Way.ELSEWHERE
    if user.has_usable_password() and not _by_passkey(request):
        return Way.PASSWORD
    return Way.ELSEWHERE if get_reauthentication_flows(user) else Way.NONE


def is_fresh(request: HttpRequest) -> bool:
    """Whether somebody with a way to do so showed within the last minutes that it is them."""
    user = cast("User", request.user)
    if not by_sign_on(request) and not get_reauthentication_flows(user):
        return False
    shown = [r["at"] for r in get_authentication_records(request, user) if r.get("reauthenticated")]
    return bool(shown) and time.time() - shown[-1] < app_settings.REAUTHENTICATION_TIMEOUT


def by_sign_on(request: HttpRequest) -> bool:
    """Whether the person logged in at their organisation's provider."""
    records = get_authentication_records(request, cast("User", request.user))
    return any(record.get("method") == "socialaccount" for record in records)


def make_sure(request: HttpRequest, way: Way, password: str) -> None:
    """That it is the person who logged in. Raises Refused."""
    if way is Way.NONE:
        raise Refused("You have no password and no passkey, so you cannot sign here.")
    if way is Way.PASSWORD:
        check_password(request, password)
    elif not is_fresh(request):
        raise Refused(AGAIN)


def check_password(request: HttpRequest, password: str) -> None:
    """Raises Refused for a password that is not the person's, and after too many of them."""
    user = cast("User", request.user)
    tried = ratelimit.consume(
        request, app="agreements", action="sign", user=user, config={"sign": LIMIT}
    )
    if not tried:
        raise Refused(TOO_MANY, field="password")
    if not user.check_password(password):
        raise Refused(WRONG, field="password")
    tried.rollback()


def page_for_it(request: HttpRequest, back_to: str) -> str:
    """Where one shows that it is them, and from where one comes back to `back_to`."""
    if by_sign_on(request):
        return f"{reverse('sign_on_again')}?{urlencode({'next': back_to})}"
    methods = get_adapter().get_reauthentication_methods(cast("User", request.user))
    # allauth lists the passkey last; who used one to log in has it at hand.
    method = methods[-1] if _by_passkey(request) else methods[0]
    return f"{method['url']}?{urlencode({'next': back_to})}"


def page_with_name(request: HttpRequest, form: Form) -> str:
    """The same; one comes back to this page, and with the name that was typed so far."""
    typed = str(form["typed_name"].value() or "")[:120]
    back_to = f"{request.path}?{urlencode({'name': typed})}" if typed else request.path
    return page_for_it(request, back_to)


def _by_passkey(request: HttpRequest) -> bool:
    return bool(did_use_passwordless_login(request, cast("User", request.user)))
