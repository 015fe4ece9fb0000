"""The way out for somebody whom a stranger's wrong tries bar: a link, by e-mail, to their mailbox.

It makes their browser a known one (`browsers`) and logs nobody in: password and second factor are
asked for as ever.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mail.kinds import Message, kind
from mou_portal.browsers import remember
from mou_portal.log_in_forms import AddressForm
from mou_portal.views import too_many
from parties.links import account_named, queue_link, still_wanted
from parties.models import User

LASTS: Final = timedelta(minutes=30)
_SALT: Final = "mou_portal.letting_in"


def ask(request: HttpRequest) -> HttpResponse:
    """Takes an address. Whoever it belongs to, if anybody, the page says and takes the same."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"].lower()
        if not consume(request, app="allauth.account", action="reset_password", key=address):
            return too_many(request)
        queue_link("let_in", address)
        return render(request, "account/let_in_sent.jinja")
    return render(request, "account/let_in.jinja", {"form": form})


def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at it does nothing, as programs do with every link in an e-mail; the button does."""
    user = _of(token)
    if user is None or request.method != "POST":
        return render(request, "account/let_in_link.jinja", {"works": user is not None})
    messages.success(request, "This browser may log in to your account again.\nNext: log in.")
    response = redirect("account_login")
    remember(request, response, user.email)
    return response


@kind("let_in", "Letting a browser log in again")
def _mail(context: dict[str, Any]) -> Message:
    user = still_wanted(context)
    what = "Log in again"
    return Message(
        subject=f"{what}: {settings.PORTAL_NAME}",
        heading=what,
        paragraphs=(
            "There were too many wrong tries for your account, perhaps by somebody else.",
            "Within 30 minutes, open this link in the browser in which you want to log in.",
            "You then log in with your password as ever. If you did not ask, do nothing.",
        ),
        why="somebody asked for this link, and your account has this address.",
        button_text=what,
        button_url=f"{settings.SITE_URL}{reverse('let_in_link', args=[token_for(user)])}",
    )


def token_for(user: User) -> str:
    return signing.dumps([user.pk, _last_log_in(user)], salt=_SALT)


def _of(token: str) -> User | None:
    """The user of a link that works; one that is old, or was followed by a log-in, does not."""
    try:
        number, last_log_in = signing.loads(token, salt=_SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError):
        return None
    user = account_named(number)
    return user if user and _last_log_in(user) == last_log_in else None


def _last_log_in(user: User) -> str:
    at: datetime | None = user.last_login
    return at.isoformat() if at else ""
