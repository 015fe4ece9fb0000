from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from parties.acting import acting_of
from parties.forms import BodyForm, HolderForm, SeatForm
from parties.models import Body, Organisation, Person, Seat
from parties.queries import bodies_of
from parties.services.bodies import add_body, add_seat, change_body, end_seat, hand_over_seat
from parties.views.common import own_organisation, page_of, steps
from web.carrying_out import act_at_once, posted, save_form


def add(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = own_organisation(request, pk)
    return save_form(
        request,
        posted(request, BodyForm),
        partial(add_body, by=acting_of(request), organisation=organisation),
        done=lambda body: f"{body.name} was added.\nNext: add its seats.",
        to=page_of(organisation),
        title="Add a body",
        caption=organisation.name,
        lead="A board or committee that decides for the organisation.",
        button="Add",
        way=steps(organisation),
    )


def body(request: HttpRequest, pk: int, body_pk: int) -> HttpResponse:
    organisation = own_organisation(request, pk)
    shown = _body(organisation, body_pk)
    visible = Person.objects.visible_to(acting_of(request))
    here = next((b for b in bodies_of(organisation, visible) if b.body == shown), None)
    context = {
        "organisation": organisation,
        "body": shown,
        "seats": here.seats if here else [],
        "holder": here.holder if here else None,
        "way": steps(organisation),
    }
    return render(request, "parties/body.jinja", context)


def edit(request: HttpRequest, pk: int, body_pk: int) -> HttpResponse:
    organisation = own_organisation(request, pk)
    shown = _body(organisation, body_pk)
    return save_form(
        request,
        posted(request, BodyForm, initial={"name": shown.name, "kind": shown.kind}),
        partial(change_body, by=acting_of(request), body=shown),
        done=lambda _: "The body was saved.",
        to=_page(organisation, shown),
        title=f"Change {shown.name}",
        way=_steps(organisation, shown),
    )


def seat_add(request: HttpRequest, pk: int, body_pk: int) -> HttpResponse:
    organisation = own_organisation(request, pk)
    shown = _body(organisation, body_pk)
    return save_form(
        request,
        posted(request, SeatForm, organisation=organisation),
        partial(add_seat, by=acting_of(request), body=shown),
        done=lambda seat: f"The seat was added: {seat.get_kind_display()}.",
        to=_page(organisation, shown),
        title="Add a seat",
        caption=shown.name,
        button="Add",
        way=_steps(organisation, shown),
    )


def seat_hand_over(request: HttpRequest, pk: int, body_pk: int, seat_pk: int) -> HttpResponse:
    organisation = own_organisation(request, pk)
    shown = _body(organisation, body_pk)
    seat = _seat(organisation, shown, seat_pk)
    return save_form(
        request,
        posted(request, HolderForm, organisation=organisation, initial={"person": seat.person}),
        partial(hand_over_seat, by=acting_of(request), seat=seat),
        done=lambda seat: f"{seat.get_kind_display()}: {seat.person or 'vacant'} from today.",
        to=_page(organisation, shown),
        title=f"Who holds the seat {seat.get_kind_display().lower()}?",
        caption=shown.name,
        way=_steps(organisation, shown),
    )


def seat_end(request: HttpRequest, pk: int, body_pk: int, seat_pk: int) -> HttpResponse:
    organisation = own_organisation(request, pk)
    shown = _body(organisation, body_pk)
    seat = _seat(organisation, shown, seat_pk)
    return act_at_once(
        request,
        partial(end_seat, by=acting_of(request), seat=seat),
        done=f"The seat {seat.get_kind_display().lower()} has ended.",
        to=_page(organisation, shown),
    )


def _body(organisation: Organisation, pk: int) -> Body:
    return get_object_or_404(Body.objects.filter(organisations=organisation).distinct(), pk=pk)


def _seat(organisation: Organisation, body: Body, pk: int) -> Seat:
    seats = Seat.objects.current().filter(body=body, organisation=organisation)
    return get_object_or_404(seats.select_related("body", "organisation"), pk=pk)


def _page(organisation: Organisation, body: Body) -> str:
    return reverse("parties:body", args=[organisation.pk, body.pk])


def _steps(organisation: Organisation, body: Body) -> list[tuple[str, str]]:
    return [*steps(organisation), (body.name, _page(organisation, body))]
