from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def verify(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError
