"""What somebody typed is kept over a log-in, and stands in its form again (record 0029)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from nhsuk.words import and_list
from web.sent_forms import FIELD, key_of, organisation_of
from web.typed_again import filled_again

# In the session, and in the address of the page that shows it again.
TYPED = "typed"
# For whom somebody acts, in the session; who may act for it is asked with each request.
ACTING = "acting_organisation"
# Characters; the longest form of the portal holds a fifth of it.
LONGEST = 300_000
_SECRET = ("password", "credential", "code", "csrfmiddlewaretoken", FIELD)


def to_log_in(request: HttpRequest) -> HttpResponse:
    """To the log-in, and back to the page; what was typed in a form is kept."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    if page := keep(request):
        said = "Log in: what you typed is kept, and stands in the form again."
    else:
        said = "Nothing was changed. Log in to go on."
    messages.info(request, f"You were logged out before this was sent.\n{said}")
    return redirect_to_login(page or request.get_full_path())


def keep(request: HttpRequest) -> str:
    """Keeps what was sent, for whom the form was made; the page that shows it, or "" for nothing.

    A form of ours names its reader by a signed key. What carries none is not kept: a stranger could
    fill the sessions, or somebody's form.
    """
    key, fields = key_of(request), _fields(request)
    known = request.user.pk
    if not key or not key.reader or (known and str(known) != key.reader):
        return ""
    if sum(len(value) for values in fields.values() for value in values) > LONGEST:
        return ""
    token = uuid4().hex
    request.session[TYPED] = {
        "token": token,
        "reader": key.reader,
        "organisation": key.organisation,
        "action": _without_token(request.get_full_path()),
        "fields": fields,
        "files": [str(getattr(file, "name", "")) for file in request.FILES.values()],
    }
    return _with_token(_page_of(request), token)


def _fields(request: HttpRequest) -> dict[str, list[str]]:
    return {
        name: [str(value) for value in values]
        for name, values in request.POST.lists()
        if not any(secret in name for secret in _SECRET)
    }


def _page_of(request: HttpRequest) -> str:
    """The page that the form stood on, where the browser says which of ours it was."""
    said = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=False):
        return request.get_full_path()
    parts = urlsplit(said)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _with_token(address: str, token: str) -> str:
    parts = urlsplit(_without_token(address))
    query = f"{parts.query}&" if parts.query else ""
    part = f"#{parts.fragment}" if parts.fragment else ""
    return f"{parts.path}?{query}{TYPED}={token}{part}"


def _without_token(address: str) -> str:
    parts = urlsplit(address)
    query = QueryDict(parts.query, mutable=True)
    query.pop(TYPED, None)
    part = f"#{parts.fragment}" if parts.fragment else ""
    return parts.path + (f"?{query.urlencode()}" if query else "") + part


class KeptTypingMiddleware:
    """Shows again what was typed, to whoever typed it; of anybody else's nothing stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kept = self._own(request)
        if not kept:
            return self.get_response(request)
        if request.method == "GET" and request.GET.get(TYPED) == kept["token"]:
            return self._shown_again(request, kept)
        response = self.get_response(request)
        is_sent = request.method == "POST" and "Location" in response
        if is_sent and _without_token(request.get_full_path()) == kept["action"]:
            request.session.pop(TYPED, None)
        return response

    def _own(self, request: HttpRequest) -> dict[str, Any] | None:
        if not request.user.is_authenticated:
            return None
        kept: dict[str, Any] | None = request.session.get(TYPED)
        if kept and kept["reader"] != str(request.user.pk):
            del request.session[TYPED]
            return None
        return kept

    def _shown_again(self, request: HttpRequest, kept: dict[str, Any]) -> HttpResponse:
        chosen, acting = request.session.get(ACTING), kept["organisation"]
        if acting not in (str(chosen), organisation_of(request)):
            # The log-in forgot for whom they acted, and so might not find the page.
            request.session[ACTING] = int(acting)
            return redirect(request.get_full_path())
        messages.warning(request, _what_happened(kept))
        response = self.get_response(request)
        if "Location" in response:
            # What the form was about moved on: the words go along.
            if urlsplit(response["Location"]).netloc == "":
                response["Location"] = _with_token(response["Location"], kept["token"])
        elif response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            page, here = response.content.decode(), _without_token(request.get_full_path())
            response.content = filled_again(
                page, kept["fields"], lambda action: _leads(action, here) == kept["action"]
            ).encode()
        return response


def _leads(action: str, here: str) -> str:
    return _without_token(action) if action else here


def _what_happened(kept: dict[str, Any]) -> str:
    said = (
        "You were logged out before this was sent.\nWhat you typed stands in the form again. It is "
        "not sent yet: look at it, then send it."
    )
    if files := kept["files"]:
        said += f" Choose {'these files' if len(files) > 1 else 'this file'} again: "
        said += f"{and_list(files)}."
    return said


def after_wrong_token(request: HttpRequest) -> HttpResponse | None:
    """Where a form leads that was made before a log-in in another window; None for any other."""
    if not request.user.is_authenticated:
        return to_log_in(request) if key_of(request) else None
    page = keep(request)
    return redirect(page) if page else None
