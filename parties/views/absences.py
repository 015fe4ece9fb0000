"""When somebody is away, said by themselves or by their organisation's administrator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from house.keys import id_in
from parties.acting import Acting, acting_of
from parties.forms.people import AwayForm
from parties.models import Absence, Organisation, Person
from parties.presenters import absences_of, in_words
from parties.services.absences import end_absence, say_away
from parties.views.common import own_person, page_of, people_here, steps
from web.carrying_out import act_at_once, posted, save_form
from web.way import Steps


def own(request: HttpRequest) -> HttpResponse:
    """When the reader is away: from all their organisations, or from some."""
    acting = acting_of(request)
    person = acting.who.person
    if person is None:
        raise Http404
    way = [("Home", reverse("home")), ("Your account", reverse("account"))]
    absences = person.absences.all()
    own = acting.on_behalf_of
    page = _Page(person, absences, way, reverse("account"), "you are", own, acting.choices)
    return _answer(request, page)


def of_person(request: HttpRequest, pk: int, person_pk: int) -> HttpResponse:
    """When somebody of the organisation is away from it."""
    organisation, person = own_person(request, pk, person_pk)
    back, way = page_of(organisation, person), steps(organisation, person)
    here = Q(organisation=organisation) | Q(organisation=None)
    absences = person.absences.filter(here)
    return _answer(request, _Page(person, absences, way, back, f"{person.name} is", organisation))


@dataclass(frozen=True)
class _Page:
    """Whose absences it shows, and from which organisations the reader may say that they are."""

    person: Person
    absences: QuerySet[Absence]
    way: Steps
    back: str
    whose: str
    # Whose people are offered to stand in.
    of: Organisation
    organisations: tuple[Organisation, ...] = ()


def _answer(request: HttpRequest, page: _Page) -> HttpResponse:
    if "end" in request.POST:
        return _end(request, page)
    people = people_here(request, page.of).exclude(pk=page.person.pk)
    return save_form(
        request,
        posted(request, AwayForm, organisations=page.organisations, people=people),
        partial(_say, acting_of(request), page),
        done=lambda said: f"{in_words(said[0])}. {_who(said[0])} the e-mails meanwhile.",
        to=request.path,
        template="parties/away.jinja",
        way=page.way,
        back=page.back,
        whose=page.whose,
        absences=absences_of(page.absences, name=len(page.organisations) > 1),
    )


def _say(by: Acting, page: _Page, of: Sequence[str] = (), **days: Any) -> list[Absence]:
    chosen = [each for each in page.organisations if str(each.pk) in of]
    return say_away(by=by, person=page.person, organisations=chosen, **days)


def _who(absence: Absence) -> str:
    return f"{absence.deputy} gets" if absence.deputy else "Deputies get"


def _end(request: HttpRequest, page: _Page) -> HttpResponse:
    absence = get_object_or_404(page.absences, pk=id_in(request.POST["end"]) or 0)
    return act_at_once(
        request,
        partial(end_absence, by=acting_of(request), absence=absence),
        done="E-mails go to the person themselves from today.",
        to=request.path,
    )
