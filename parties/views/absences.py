"""When somebody is away, said by themselves or by their organisation's administrator."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from parties.acting import acting_of
from parties.forms import AwayForm
from parties.models import Absence, Person
from parties.presenters import absences_of, in_words
from parties.services.own_details import end_absence, say_away
from parties.views.common import own_person, page_of, steps
from web.carrying_out import act_at_once, posted, save_form
from web.way import Steps


def own(request: HttpRequest) -> HttpResponse:
    """When the reader is away."""
    person = acting_of(request).who.person
    if person is None:
        raise Http404
    way = [("Home", reverse("home")), ("Your account", reverse("account"))]
    return _page(request, person, way=way, back=reverse("account"), whose="you are")


def of_person(request: HttpRequest, pk: int, person_pk: int) -> HttpResponse:
    """When somebody of the organisation is away."""
    organisation, person = own_person(request, pk, person_pk)
    back, way = page_of(organisation, person), steps(organisation, person)
    return _page(request, person, way=way, back=back, whose=f"{person.name} is")


def _page(
    request: HttpRequest, person: Person, *, way: Steps, back: str, whose: str
) -> HttpResponse:
    if "end" in request.POST:
        return _end(request, person)
    return save_form(
        request,
        posted(request, AwayForm),
        partial(say_away, by=acting_of(request), person=person),
        done=lambda absence: f"{in_words(absence)}. Deputies get the e-mails meanwhile.",
        to=request.path,
        template="parties/away.jinja",
        way=way,
        back=back,
        whose=whose,
        absences=absences_of(person),
    )


def _end(request: HttpRequest, person: Person) -> HttpResponse:
    number = request.POST["end"]
    absences = Absence.objects.filter(person=person)
    absence = get_object_or_404(absences, pk=number if number.isdecimal() else 0)
    return act_at_once(
        request,
        partial(end_absence, by=acting_of(request), absence=absence),
        done="E-mails go to the person themselves from today.",
        to=request.path,
    )
