from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def freeze_draft(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError


def version_page(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError


def compare(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError


def send(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError


def recall_version(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise NotImplementedError
