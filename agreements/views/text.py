from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def draft(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError


def blanks(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError


def terms(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError

