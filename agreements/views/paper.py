from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def record(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError


def check(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError


def scan(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError
