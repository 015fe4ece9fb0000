"""The pages that belong to no room: home, one's account, whom one acts for, and what went wrong."""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from documents.storage import FileDamaged
from house.refusals import NotNow, NotYours, Refused
from mou_portal.home_page import HomePage
from mou_portal.log_in import has_second_factor
from mou_portal.sign_on.again import is_linked
from parties.acting import acting_of
from parties.presenters import absences_of
from web.kept_typing import after_wrong_token

DATABASE_AWAY: Final = (OperationalError, InterfaceError)


def home(request: HttpRequest) -> HttpResponse:
    """What needs the reader now, what waits for others, and the reader's agreements."""
    acting = acting_of(request)
    page = HomePage(acting, everything="all" in request.GET) if acting.organisation else None
    context = {"page": page, "demonstration": settings.DEMONSTRATION}
    return render(request, "mou_portal/home.jinja", context)


def account(request: HttpRequest) -> HttpResponse:
    """Who one is here: name, roles, and how one logs in."""
    acting = acting_of(request)
    memberships = acting.who.memberships.current().order_by("role")
    roles: dict[int, list[str]] = defaultdict(list)
    for membership in memberships:
        roles[membership.organisation_id].append(membership.get_role_display())
    person = acting.who.person
    context = {
        "acting": acting,
        "roles": roles,
        "has_second_factor": has_second_factor(acting.user),
        "is_linked": is_linked(acting.user),
        "away": absences_of(person.absences.all()) if person else [],
    }
    return render(request, "mou_portal/account.jinja", context)


def choose_acting(request: HttpRequest) -> HttpResponse:
    """Changes the organisation that the person acts for."""
    acting = acting_of(request)
    chosen = next(
        (o for o in acting.choices if str(o.pk) == request.POST.get("organisation")), None
    )
    if request.method == "POST" and chosen:
        request.session["acting_organisation"] = chosen.pk
        messages.success(request, f"You now act for {chosen.name}.")
        # `redirect` would look for a view of that name.
        return HttpResponseRedirect(_way_back(request))
    context = {"wrong": request.method == "POST", "next": request.GET.get("next", "")}
    return render(request, "mou_portal/acting.jinja", context)


def _way_back(request: HttpRequest) -> str:
    """A path of the portal; anything else that was sent leads home."""
    target = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return target if allowed and target.startswith("/") else "/"


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "mou_portal/accessibility.jinja")


# --- What went wrong. These use no database: it may be what went wrong.


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.jinja", status=400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What a service said is said on the page; otherwise the page speaks in general."""
    sentence = exception.sentence if isinstance(exception, NotYours) else ""
    return render(request, "errors/403.jinja", {"sentence": sentence}, status=403)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """What a service does not allow as things stand, in its own sentence."""
    return render(request, "errors/409.jinja", {"sentence": refusal.sentence}, status=409)


def removed(request: HttpRequest) -> HttpResponse:
    """A file that was removed for good by a decision on record: no fault, and nowhere else here."""
    return render(request, "errors/410.jinja", status=410)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.jinja", status=404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/429.jinja", status=429)


def not_now(request: HttpRequest, refusal: NotNow) -> HttpResponse:
    context = {"sentence": refusal.sentence}
    return render(request, "errors/not_now.jinja", context, status=503)


def failed(request: HttpRequest) -> HttpResponse:
    """Django calls it while the exception is being handled."""
    if isinstance(sys.exc_info()[1], DATABASE_AWAY):
        page = render(request, "errors/503.jinja", status=503)
        page["Retry-After"] = "30"  # seconds; a restart of PostgreSQL takes about as long
        return page
    damaged = isinstance(sys.exc_info()[1], FileDamaged)
    return render(request, f"errors/{'damaged' if damaged else '500'}.jinja", status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Usually the form is from before a log-in in another window: it is shown again as typed."""
    if hasattr(request, "user") and (answer := after_wrong_token(request)):
        return answer
    return render(request, "errors/403_csrf.jinja", status=403)
