from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def agreement_list(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError

