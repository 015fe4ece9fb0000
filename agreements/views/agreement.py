from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def agreement_page(request: HttpRequest, reference: str) -> HttpResponse:
    raise NotImplementedError


def stop(request: HttpRequest, reference: str) -> HttpResponse:
    raise NotImplementedError
