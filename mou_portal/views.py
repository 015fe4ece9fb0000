"""The pages that belong to no room: home, whom one acts for, health."""

from __future__ import annotations

from itertools import chain

from django.contrib import messages
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from house.room import ask
from parties.acting import Acting


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    acting: Acting = request.acting  # type: ignore[attr-defined]
    todo = sorted(chain.from_iterable(ask("todo", acting)), key=lambda item: item.order)
    context = {
        "yours": [item for item in todo if not item.waits_for],
        "of_others": [item for item in todo if item.waits_for],
        "agreements": list(chain.from_iterable(ask("my_agreements", acting))),
    }
    return render(request, "mou_portal/home.jinja", context)


@require_http_methods(["GET", "POST"])
def choose_acting(request: HttpRequest) -> HttpResponse:
    """Changes the organisation that the person acts for."""
    acting: Acting = request.acting  # type: ignore[attr-defined]
    chosen = next(
        (o for o in acting.choices if str(o.pk) == request.POST.get("organisation")), None
    )
    if request.method == "POST" and chosen:
        request.session["acting_organisation"] = chosen.pk
        messages.success(request, f"You now act for {chosen.name}.")
        return redirect(_way_back(request))
    context = {"wrong": request.method == "POST", "next": request.GET.get("next", "")}
    return render(request, "mou_portal/acting.jinja", context)


def _way_back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return target if allowed else "/"


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "mou_portal/accessibility.jinja")


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing else, so that a slow database does not restart it."""
    return JsonResponse({"status": "ok"})


@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """The portal can serve: its database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})
