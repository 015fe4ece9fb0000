"""The page of a link that was sent to somebody: one address for all rooms (record 0052).

Whoever has the link may open it, with or without an account, logged in or not: a log-in in that
browser changes nothing of what it shows or does. Opening it writes nothing.
"""

from __future__ import annotations

from typing import Final

from allauth.core.internal.ratelimit import consume
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from house.refusals import Refused
from mail.links.codes import ask_code
from mail.links.opening import by_token, masked
from mail.links.purposes import page_for, purpose_of
from mail.models import SentLink
from web.carrying_out import tried

# Codes that one link, and one address, may be sent: a stranger who found a link fills no mailbox.
LIMITS: Final = {"link": "5/h/key,10/d/key", "address": "20/h/key"}
TOO_MANY: Final = (
    "Too many codes were asked for. Wait an hour, then ask again. Or sign on paper, or answer the "
    "e-mail."
)


@never_cache
@sensitive_post_parameters("code")
def open_link(request: HttpRequest, token: str, name: str = "") -> HttpResponse:
    """The page of a link's purpose, or another one below it."""
    link = by_token(token)
    view = page_for(link, name) if link else None
    if link is None:
        return gone(request)
    if view is None:
        raise Http404
    request.link_token = token  # type: ignore[attr-defined]
    response: HttpResponse = view(request, link) if link.works else gone(request, link)
    response["X-Robots-Tag"] = "noindex"
    return response


def gone(request: HttpRequest, link: SentLink | None = None, sentence: str = "") -> HttpResponse:
    """Why it does not work: it was not sent from here, it is too old, or it was taken back."""
    said = sentence or (_why(link) if link else "The address is not complete, or it is not ours.")
    purpose = purpose_of(link) if link else None
    context = {"sentence": said, "what": purpose.what if purpose else ""}
    return render(request, "web/link_gone.jinja", context, status=404)


def _why(link: SentLink) -> str:
    if link.recalled_at:
        return link.recalled_because or "It was taken back."
    days = purpose_of(link).lasts.days
    return f"It worked for {days} days, and these are over."


def path_of(request: HttpRequest, name: str = "") -> str:
    """The path of the link that was opened, or of another page below it."""
    token: str = request.link_token  # type: ignore[attr-defined]
    return reverse("link_page", args=[token, name]) if name else reverse("link", args=[token])


def send_code(request: HttpRequest, link: SentLink, *, then: str) -> HttpResponse:
    """The button that asks for a code, then back to the form that takes it."""

    def act() -> None:
        _limit(request, link)
        ask_code(link)
        messages.success(
            request,
            f"We sent a code to {masked(link.address)}.\nIt works for ten minutes. If it is not "
            "there in two, look among unwanted e-mails.",
        )

    tried(request, act)
    return redirect(then)


def _limit(request: HttpRequest, link: SentLink) -> None:
    """Raises Refused. By link and by address, as the cache of all processes counts."""
    for action, key in (("link", str(link.key)), ("address", link.address)):
        if not consume(request, app="web", action=action, key=key, config=LIMITS):
            raise Refused(TOO_MANY)


def asks_for_code(request: HttpRequest) -> bool:
    return request.method == "POST" and "send_code" in request.POST
