"""Pages on which an administrator looks after teams and bodies."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from parties.acting import acting_of
from parties.forms.groups import BodyForm, HolderForm, MemberForm, SeatForm, TeamForm
from parties.models import Body, Organisation, Seat, Team
from parties.offers import Organisations
from parties.queries import bodies_of, say_who_is_seen
from parties.services import groups
from parties.views.common import back_to, own_organisation, page_of, people_here, steps
from web.carrying_out import act_at_once, posted, save_form


def team_add(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = own_organisation(request, pk)
    return save_form(
        request,
        posted(request, TeamForm),
        partial(groups.save_team, by=acting_of(request), organisation=organisation),
        done=lambda team: f"The team {team.name} was added.",
        title="Add a team",
        caption=organisation.name,
        button="Add",
        **back_to(organisation),
    )


def team(request: HttpRequest, pk: int, team_pk: int) -> HttpResponse:
    shown = _team(request, pk, team_pk)
    members = shown.members.current().select_related("person")
    context = {
        "organisation": shown.organisation,
        "team": shown,
        "members": members.order_by("person__name", "pk"),
        "way": steps(shown.organisation),
    }
    return render(request, "parties/team.jinja", context)


def team_edit(request: HttpRequest, pk: int, team_pk: int) -> HttpResponse:
    team = _team(request, pk, team_pk)
    initial = {"name": team.name, "purpose": team.purpose, "address": team.address}
    return save_form(
        request,
        posted(request, TeamForm, initial=initial),
        partial(groups.save_team, by=acting_of(request), organisation=team.organisation, team=team),
        done=lambda _: "The team was saved.",
        title=f"Change {team.name}",
        **back_to(team.organisation, team),
    )


def member_add(request: HttpRequest, pk: int, team_pk: int) -> HttpResponse:
    team = _team(request, pk, team_pk)
    return save_form(
        request,
        posted(request, MemberForm, people=people_here(request, team.organisation)),
        partial(groups.add_member, by=acting_of(request), team=team),
        done=lambda member: f"{member.person.name} is in the team from today.",
        title="Add somebody to the team",
        caption=team.name,
        button="Add",
        **back_to(team.organisation, team),
    )


def member_end(request: HttpRequest, pk: int, team_pk: int, member_pk: int) -> HttpResponse:
    team = _team(request, pk, team_pk)
    current = team.members.current().select_related("person", "team")
    member = get_object_or_404(current, pk=member_pk)
    return act_at_once(
        request,
        partial(groups.end_member, by=acting_of(request), member=member),
        done=f"{member.person.name} is not in the team any more.",
        to=page_of(team.organisation, team),
    )


def body_add(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = own_organisation(request, pk)
    return save_form(
        request,
        posted(request, BodyForm),
        partial(groups.add_body, by=acting_of(request), organisation=organisation),
        done=lambda body: f"{body.name} was added.\nNext: add its seats.",
        title="Add a body",
        caption=organisation.name,
        lead="A board or committee that decides for the organisation.",
        button="Add",
        **back_to(organisation),
    )


def body(request: HttpRequest, pk: int, body_pk: int) -> HttpResponse:
    organisation, shown = _body(request, pk, body_pk)
    # None where it has ceased to decide for this organisation.
    here = next((each for each in bodies_of(organisation) if each.pk == shown.pk), None)
    say_who_is_seen(acting_of(request), (), [here] if here else ())
    context = {
        "organisation": organisation,
        "body": shown,
        "here": here,
        "way": steps(organisation),
    }
    return render(request, "parties/body.jinja", context)


def body_edit(request: HttpRequest, pk: int, body_pk: int) -> HttpResponse:
    organisation, body = _body(request, pk, body_pk)
    return save_form(
        request,
        posted(request, BodyForm, initial={"name": body.name, "kind": body.kind}),
        partial(groups.change_body, by=acting_of(request), body=body),
        done=lambda _: "The body was saved.",
        title=f"Change {body.name}",
        **back_to(organisation, body),
    )


def seat_add(request: HttpRequest, pk: int, body_pk: int) -> HttpResponse:
    organisation, body = _body(request, pk, body_pk)
    return save_form(
        request,
        posted(
            request,
            SeatForm,
            people=people_here(request, organisation),
            others=_others(request, organisation),
        ),
        partial(groups.add_seat, by=acting_of(request), body=body),
        done=lambda seat: f"The seat was added: {seat.get_kind_display()}.",
        title="Add a seat",
        caption=body.name,
        button="Add",
        **back_to(organisation, body),
    )


def seat_hand_over(request: HttpRequest, pk: int, body_pk: int, seat_pk: int) -> HttpResponse:
    organisation, body = _body(request, pk, body_pk)
    seat, people = _seat(organisation, body, seat_pk), people_here(request, organisation)
    return save_form(
        request,
        posted(request, HolderForm, people=people, initial={"person": seat.person}),
        partial(groups.hand_over_seat, by=acting_of(request), seat=seat),
        done=lambda seat: f"{seat.get_kind_display()}: {seat.person or 'vacant'} from today.",
        title=f"Who holds the seat {seat.get_kind_display().lower()}?",
        caption=body.name,
        **back_to(organisation, body),
    )


def seat_end(request: HttpRequest, pk: int, body_pk: int, seat_pk: int) -> HttpResponse:
    organisation, body = _body(request, pk, body_pk)
    seat = _seat(organisation, body, seat_pk)
    return act_at_once(
        request,
        partial(groups.end_seat, by=acting_of(request), seat=seat),
        done=f"The seat {seat.get_kind_display().lower()} has ended.",
        to=page_of(organisation, body),
    )


def _team(request: HttpRequest, pk: int, team_pk: int) -> Team:
    found: Team = get_object_or_404(own_organisation(request, pk).teams, pk=team_pk)
    return found


def _body(request: HttpRequest, pk: int, body_pk: int) -> tuple[Organisation, Body]:
    organisation = own_organisation(request, pk)
    return organisation, get_object_or_404(organisation.bodies.distinct(), pk=body_pk)


def _others(request: HttpRequest, organisation: Organisation) -> Organisations | None:
    """Whose seats a committee enters besides its own; None for any other organisation."""
    if not organisation.is_committee:
        return None
    seen = Organisation.objects.visible_to(acting_of(request))
    return Organisations(seen.exclude(kind__in=Organisation.COMMITTEES))


def _seat(organisation: Organisation, body: Body, pk: int) -> Seat:
    seats = body.seats.current()
    if not organisation.is_committee:
        seats = seats.filter(organisation=organisation)
    return get_object_or_404(seats.select_related("body", "organisation"), pk=pk)
