"""/healthz and /readyz: what a container's engine, a balancer and an alarm ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mou_portal import health

GetResponse = Callable[[HttpRequest], HttpResponse]


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing else, so that a slow database does not restart it."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The portal can do its work; otherwise 503, and why, in words."""
    found = health.problems()
    if not found:
        return JsonResponse({"status": "ok"})
    sentences = [problem.sentence for problem in found]
    return JsonResponse({"status": "not ready", "problems": sentences}, status=503)


PROBES: Final = {"/healthz": healthz, "/readyz": readyz}


class ProbesMiddleware:
    """Answers probes before anything else asks for a host, HTTPS, a cookie or the database.

    A probe comes by the machine's own address over plain HTTP, and must get its answer when the
    sessions cannot be read.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        return probe(request) if probe else self.get_response(request)
