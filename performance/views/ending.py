"""How a request ends, or does not after all: opened again, withdrawn, entered in error."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from parties.acting import Acting, acting_of
from performance.models import Request
from performance.rules.who import require_a_part, require_asks, require_recorded
from performance.services import steps as services
from performance.views.pages import about, request_of
from performance.views.steps import told
from web.carrying_out import ReasonForm, posted, save_form


def reopen(request: HttpRequest, key: UUID) -> HttpResponse:
    """It is not answered after all."""
    return _with_reason(
        request, key, services.reopen, require_a_part, "Open it again", "is open again",
        "Why it is open again", lead="The days of the answer are counted anew from today.",
    )  # fmt: skip


def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Whoever asked no longer does."""
    return _with_reason(
        request, key, services.withdraw, require_asks, "Withdraw it", "is withdrawn",
        "Why it is withdrawn", warning=True,
    )  # fmt: skip


def error(request: HttpRequest, key: UUID) -> HttpResponse:
    """It never should have been there."""
    return _with_reason(
        request, key, services.enter_in_error, require_recorded, "Entered in error",
        "is marked as entered in error", "What was wrong", warning=True,
        lead="It leaves every count, and nobody is reminded of it. It stays readable with your "
        "reason, and the other side is told. This cannot be undone.",
        button="Mark as entered in error",
    )  # fmt: skip


def _with_reason(
    request: HttpRequest,
    key: UUID,
    service: Callable[..., None],
    require: Callable[[Acting, Request], None],
    title: str,
    done: str,
    label: str,
    **more: Any,
) -> HttpResponse:
    found, acting = request_of(request, key), acting_of(request)
    require(acting, found)
    return save_form(
        request,
        posted(request, ReasonForm, label=label),
        partial(service, by=acting, request=found),
        done=lambda _: f"Request {found.number} {done}.\n{told(found, acting)}",
        title=title,
        **more,
        **about(found),
    )
