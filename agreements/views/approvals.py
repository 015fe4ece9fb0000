from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def decision(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError


def confirm(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError
