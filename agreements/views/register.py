from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def register_signed(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError
