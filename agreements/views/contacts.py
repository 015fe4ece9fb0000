from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def contact(request: HttpRequest, reference: str, slot: str, role: str) -> HttpResponse:
    raise NotImplementedError
