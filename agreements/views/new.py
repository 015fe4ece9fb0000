from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def choose_template(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError


def parties(request: HttpRequest, key: str) -> HttpResponse:
    raise NotImplementedError


def contacts(request: HttpRequest, key: str) -> HttpResponse:
    raise NotImplementedError


def check(request: HttpRequest, key: str) -> HttpResponse:
    raise NotImplementedError
