from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def signed_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    raise NotImplementedError


def registered_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    raise NotImplementedError


def answer(request: HttpRequest, reference: str) -> HttpResponse:
    raise NotImplementedError
