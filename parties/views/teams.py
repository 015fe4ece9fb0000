from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from parties.acting import acting_of
from parties.forms import MemberForm, TeamForm
from parties.models import Organisation, Team, TeamMember
from parties.services.teams import add_member, end_member, save_team
from parties.views.common import own_organisation, page_of, steps
from web.carrying_out import act_at_once, posted, save_form


def add(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = own_organisation(request, pk)
    return save_form(
        request,
        posted(request, TeamForm),
        partial(save_team, by=acting_of(request), organisation=organisation),
        done=lambda team: f"The team {team.name} was added.",
        to=page_of(organisation),
        title="Add a team",
        caption=organisation.name,
        button="Add",
        way=steps(organisation),
    )


def team(request: HttpRequest, pk: int, team_pk: int) -> HttpResponse:
    organisation = own_organisation(request, pk)
    shown = _team(organisation, team_pk)
    members = TeamMember.objects.current().filter(team=shown).select_related("person")
    context = {
        "organisation": organisation,
        "team": shown,
        "members": members.order_by("person__name"),
        "way": steps(organisation),
    }
    return render(request, "parties/team.jinja", context)


def edit(request: HttpRequest, pk: int, team_pk: int) -> HttpResponse:
    organisation = own_organisation(request, pk)
    shown = _team(organisation, team_pk)
    initial = {"name": shown.name, "purpose": shown.purpose, "address": shown.address}
    return save_form(
        request,
        posted(request, TeamForm, initial=initial),
        partial(save_team, by=acting_of(request), organisation=organisation, team=shown),
        done=lambda _: "The team was saved.",
        to=_page(shown),
        title=f"Change {shown.name}",
        way=[*steps(organisation), (shown.name, _page(shown))],
    )


def member_add(request: HttpRequest, pk: int, team_pk: int) -> HttpResponse:
    organisation = own_organisation(request, pk)
    shown = _team(organisation, team_pk)
    return save_form(
        request,
        posted(request, MemberForm, organisation=organisation),
        partial(add_member, by=acting_of(request), team=shown),
        done=lambda member: f"{member.person.name} is in the team from today.",
        to=_page(shown),
        title="Add somebody to the team",
        caption=shown.name,
        button="Add",
        way=[*steps(organisation), (shown.name, _page(shown))],
    )


def member_end(request: HttpRequest, pk: int, team_pk: int, member_pk: int) -> HttpResponse:
    organisation = own_organisation(request, pk)
    shown = _team(organisation, team_pk)
    current = TeamMember.objects.current().filter(team=shown).select_related("person", "team")
    member = get_object_or_404(current, pk=member_pk)
    return act_at_once(
        request,
        partial(end_member, by=acting_of(request), member=member),
        done=f"{member.person.name} is not in the team any more.",
        to=_page(shown),
    )


def _page(team: Team) -> str:
    return reverse("parties:team", args=[team.organisation_id, team.pk])


def _team(organisation: Organisation, pk: int) -> Team:
    return get_object_or_404(Team.objects.filter(organisation=organisation), pk=pk)
