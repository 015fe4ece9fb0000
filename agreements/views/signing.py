from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def open_signature(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError


def sign_page(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError


def not_ready(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError
