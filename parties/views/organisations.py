from __future__ import annotations

from functools import partial

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from house import clock
from nhsuk.dates import day
from parties.acting import acting_of
from parties.forms.organisations import NameForm, OrganisationFilter
from parties.models import Organisation, Role
from parties.presenters import current_name, labels_of, other_names
from parties.queries import (
    bodies_of,
    open_invitations,
    people_of,
    say_who_is_seen,
    successions_of,
    teams_of,
)
from parties.services.organisations import rename
from parties.views.common import back_to, own_organisation
from web.carrying_out import posted, save_form

PER_PAGE = 50


def organisations(request: HttpRequest) -> HttpResponse:
    """All organisations, narrowed by kind and by a part of a name they have or had."""
    form = OrganisationFilter(request.GET or None)
    found = Organisation.objects.visible_to(acting_of(request)).named()
    found = found.select_related("area").by_name()
    if form.is_valid():
        if form.cleaned_data["text"]:
            found = found.matching(form.cleaned_data["text"])
        if form.cleaned_data["kind"]:
            found = found.filter(kind=form.cleaned_data["kind"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "parties/organisations.jinja", {"form": form, "pages": page})


def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    acting = acting_of(request)
    seen = Organisation.objects.visible_to(acting).named()
    shown: Organisation = get_object_or_404(seen.select_related("area"), pk=pk)
    own = acting.organisation_id == shown.pk
    looks_after = own and acting.has(Role.ADMINISTRATOR)
    teams, bodies = teams_of(shown), bodies_of(shown)
    invitations = open_invitations(shown) if looks_after else []
    say_who_is_seen(acting, teams, bodies)
    context = {
        "organisation": shown,
        "own": own,
        "looks_after": looks_after,
        "now": current_name(shown),
        "other_names": other_names(shown),
        "people": people_of(shown, acting),
        "invitations": invitations,
        "invited": {each.person_id: labels_of(each.roles) for each in invitations},
        "teams": teams,
        "bodies": bodies,
        "successions": successions_of(shown, acting),
    }
    return render(request, "parties/organisation.jinja", context)


def name(request: HttpRequest, pk: int) -> HttpResponse:
    """A new name or address, from a day on."""
    shown = own_organisation(request, pk)
    now = current_name(shown)
    initial = {"name": shown.name, "address": now.address if now else ""}
    return save_form(
        request,
        posted(request, NameForm, initial=initial),
        partial(rename, by=acting_of(request), organisation=shown),
        done=lambda named: f"The name and address hold from {day(named.starts_on)}.",
        title=f"Name and address of {shown.name}",
        lead=f"Today is {day(clock.today())}. A name can begin in the past or the future.",
        **back_to(shown),
    )
