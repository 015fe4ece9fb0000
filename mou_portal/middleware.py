from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
)
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.urls import reverse

from agreements.core.reached import DisposedOf
from documents.storage import FileRemoved
from house import clock
from house.actor import acting_as
from house.once import one_page
from house.refusals import NotNow, NotYours, Refused
from mou_portal.access import who_may_open
from mou_portal.log_in import has_second_factor, must_add_second_factor, was_shown
from mou_portal.logs import request_id
from mou_portal.opening_as import open_as
from mou_portal.sign_on.again import ask_again
from mou_portal.views import not_allowed, not_now, refused, removed
from parties.acting import acting_for
from parties.who import EVERYBODY
from web.kept_typing import to_log_in

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
SEEN_EVERY = settings.SESSION_SEEN_EVERY.total_seconds()
GetResponse = Callable[[HttpRequest], HttpResponse]


class Middleware:
    """What every one begins with."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response


class RequestIdMiddleware(Middleware):
    """Gives each request an id, which stands in every log line and in the answer's header."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(uuid.uuid4().hex[:12])
        request.request_id = request_id.get()  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request_id.get()
            return response
        finally:
            request_id.reset(token)


class CompressMiddleware(GZipMiddleware):
    """Packs pages, which become an eighth; what is packed already, as PDFs are, goes as it is."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith("text/"):
            return response
        packed: HttpResponseBase = super().process_response(request, response)
        return packed


class SessionAgeMiddleware(Middleware):
    """Ends a log-in after twelve hours, however busy it was, and notes that it is in use.

    Use is noted once a minute: a row written with every page would make each reader a writer.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = clock.now().timestamp()
            started = request.session.setdefault("started_at", now)
            if now - started > settings.SESSION_LONGEST.total_seconds():
                logout(request)
            elif now - request.session.get("seen_at", 0) > SEEN_EVERY:
                request.session["seen_at"] = now
        return self.get_response(request)


class ActingMiddleware(Middleware):
    """Sets `request.acting`, and names the user in whatever history the request writes.

    What a request only shows is read once for all its parts.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = request.user.is_authenticated
        chosen = request.session.get("acting_organisation") if known else None
        request.acting = acting_for(request.user, chosen)  # type: ignore[attr-defined]
        shown = one_page() if request.method in ("GET", "HEAD") else nullcontext()
        with acting_as(request.user if known else None), shown:
            return self.get_response(request)


class AccessMiddleware(Middleware):
    """Asks who may open a page before its view runs. A page that does not say answers 404."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            # Pages of an agreement must not come back from a shared computer's cache.
            response.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        assert request.resolver_match is not None  # noqa: S101 - set before process_view
        name = request.resolver_match.view_name
        who = who_may_open(name, view)
        if who is None:
            raise Http404
        if who is not EVERYBODY:
            if not request.user.is_authenticated:
                return to_log_in(request)
            without = self._without_second_factor(request, name) or ask_again(request, name)
            if without is not None:
                return without
            if not who.includes(request.acting):  # type: ignore[attr-defined]
                if elsewhere := open_as(request):
                    return elsewhere
                raise PermissionDenied
        # Class-based views of packages would take a PUT for a POST.
        return None if request.method in METHODS else HttpResponseNotAllowed(METHODS)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What a service refused outside a form: 403 because of the person's role, 503 because of
        the moment, 409 because of how things stand. What another organisation of theirs may open,
        with the way to it; what was disposed of leads to its stub."""
        if isinstance(exception, DisposedOf):
            return redirect(exception.url)
        if isinstance(exception, FileRemoved):
            return removed(request)
        if isinstance(exception, NotYours | Http404 | PermissionDenied) and (
            elsewhere := open_as(request)
        ):
            return elsewhere
        if isinstance(exception, NotYours):
            return not_allowed(request, exception)
        if isinstance(exception, NotNow):
            return not_now(request, exception)
        return refused(request, exception) if isinstance(exception, Refused) else None

    def _without_second_factor(self, request: HttpRequest, name: str) -> HttpResponseBase | None:
        """Where a log-in leads that lacks its second factor; None for one that lacks nothing."""
        if has_second_factor(request.user):
            if was_shown(request):
                return None
            logout(request)
            return to_log_in(request)
        if must_add_second_factor(name) and not was_shown(request):
            return redirect(f"{reverse('mfa_index')}?needed=1")
        return None
