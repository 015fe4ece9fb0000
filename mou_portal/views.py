"""The pages that belong to no room: home, one's account, whom one acts for."""

from __future__ import annotations

from collections import defaultdict

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from mou_portal.home_page import HomePage
from mou_portal.second_factor import has_second_factor
from parties.absence import away_in_words
from parties.acting import Acting
from parties.models import Membership


def home(request: HttpRequest) -> HttpResponse:
    """What needs the reader now, what waits for others, and the reader's agreements."""
    acting: Acting = request.acting  # type: ignore[attr-defined]
    page = HomePage(acting, everything="all" in request.GET) if acting.organisation else None
    context = {"page": page, "demonstration": settings.DEMONSTRATION}
    return render(request, "mou_portal/home.jinja", context)


def account(request: HttpRequest) -> HttpResponse:
    """Who one is here: name, roles, and how one logs in."""
    acting: Acting = request.acting  # type: ignore[attr-defined]
    memberships = Membership.objects.current().filter(user=acting.user.pk).order_by("role")
    roles: dict[int, list[str]] = defaultdict(list)
    for membership in memberships:
        roles[membership.organisation_id].append(membership.get_role_display())
    context = {
        "acting": acting,
        "roles": roles,
        "has_second_factor": has_second_factor(acting.user),
        "away": away_in_words(acting.who.person),
    }
    return render(request, "mou_portal/account.jinja", context)


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


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "mou_portal/accessibility.jinja")
