"""The pages for what went wrong. They use no database: it may be what went wrong."""

from __future__ import annotations

import sys
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from house.refusals import NotYours

DATABASE_AWAY: Final = (OperationalError, InterfaceError)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.jinja", status=400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What a service said is said on the page; otherwise the page speaks in general."""
    sentence = exception.sentence if isinstance(exception, NotYours) else ""
    return render(request, "errors/403.jinja", {"sentence": sentence}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.jinja", status=404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/429.jinja", status=429)


def failed(request: HttpRequest) -> HttpResponse:
    """Django calls it while the exception is being handled."""
    if isinstance(sys.exc_info()[1], DATABASE_AWAY):
        page = render(request, "errors/503.jinja", status=503)
        page["Retry-After"] = "30"  # seconds; a restart of PostgreSQL takes about as long
        return page
    return render(request, "errors/500.jinja", status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/403_csrf.jinja", status=403)
