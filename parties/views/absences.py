"""When somebody is away, said by themselves or by their organisation's administrator."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from house.refusals import NotYours, Refused
from parties.absence import absences_of, in_words
from parties.acting import acting_of
from parties.forms import AwayForm
from parties.models import Absence, Person
from parties.services.absences import end_absence, say_away
from parties.views.common import own_organisation, own_person, page_of_person, steps
from web.carrying_out import act_at_once


def own(request: HttpRequest) -> HttpResponse:
    """When the reader is away."""
    person = acting_of(request).who.person
    if person is None:
        raise Http404
    way = [("Home", reverse("home")), ("Your account", reverse("account"))]
    return _page(request, person, way=way, back=reverse("account"), whose="you are")


def of_person(request: HttpRequest, pk: int, person_pk: int) -> HttpResponse:
    """When somebody of the organisation is away."""
    organisation = own_organisation(request, pk)
    person = own_person(request, organisation, person_pk)
    back = page_of_person(organisation, person)
    way = steps(organisation, person)
    return _page(request, person, way=way, back=back, whose=f"{person.name} is")


def _page(
    request: HttpRequest, person: Person, *, way: list[tuple[str, str]], back: str, whose: str
) -> HttpResponse:
    if "end" in request.POST:
        return _end(request, person)
    form = AwayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            absence = say_away(by=acting_of(request), person=person, **form.cleaned_data)
        except NotYours:
            raise
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, f"{in_words(absence)}. Deputies get the e-mails meanwhile.")
            return redirect(request.path)
    absences = [(absence, in_words(absence)) for absence in absences_of(person)]
    context = {"form": form, "way": way, "back": back, "whose": whose, "absences": absences}
    return render(request, "parties/away.jinja", context)


def _end(request: HttpRequest, person: Person) -> HttpResponse:
    number = request.POST["end"]
    absences = Absence.objects.filter(person=person)
    absence = get_object_or_404(absences, pk=number if number.isdecimal() else 0)
    return act_at_once(
        request,
        lambda: end_absence(by=acting_of(request), absence=absence),
        done="E-mails go to the person themselves from today.",
        to=request.path,
    )
