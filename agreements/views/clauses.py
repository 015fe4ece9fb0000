from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def add(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError


def edit(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError


def move(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError


def remove(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError

