from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def template_list(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError


def take(request: HttpRequest, key: str) -> HttpResponse:
    raise NotImplementedError


def template_page(request: HttpRequest, pk: int) -> HttpResponse:
    raise NotImplementedError


def open_draft(request: HttpRequest, pk: int) -> HttpResponse:
    raise NotImplementedError


def people(request: HttpRequest, pk: int) -> HttpResponse:
    raise NotImplementedError


def version_page(request: HttpRequest, pk: int, seq: int) -> HttpResponse:
    raise NotImplementedError


def terms(request: HttpRequest, pk: int, seq: int) -> HttpResponse:
    raise NotImplementedError


def publish_version(request: HttpRequest, pk: int, seq: int) -> HttpResponse:
    raise NotImplementedError


def add_clause(request: HttpRequest, pk: int, seq: int) -> HttpResponse:
    raise NotImplementedError


def edit_clause(request: HttpRequest, pk: int, seq: int, key: str) -> HttpResponse:
    raise NotImplementedError


def move_clause(request: HttpRequest, pk: int, seq: int, key: str) -> HttpResponse:
    raise NotImplementedError


def remove_clause(request: HttpRequest, pk: int, seq: int, key: str) -> HttpResponse:
    raise NotImplementedError
