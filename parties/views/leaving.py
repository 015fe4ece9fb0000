"""The page by which somebody leaves, and the one that says what became of what they held."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from house import clock
from parties.acting import acting_of
from parties.forms.leaving import LeaveForm
from parties.holdings import holdings_of
from parties.models import Departure, Person, Role
from parties.queries import people_of
from parties.services.leaving import leave
from parties.views.common import own_person, page_of, steps
from web.carrying_out import posted, save_form

# For so many things a successor of their own is chosen here.
MOST_EACH = 60


def leaves(request: HttpRequest, pk: int, person_pk: int) -> HttpResponse:
    """Ends all that somebody holds here, and hands it over, after showing what that is."""
    organisation, shown = own_person(request, pk, person_pk)
    acting = acting_of(request)
    here = people_of(organisation, acting)
    others = Person.objects.visible_to(acting).filter(pk__in=[each.person.pk for each in here])
    holdings = holdings_of(shown, organisation)
    each = [holding for holding in holdings.named if holding.key]
    labels = next((each.roles for each in here if each.person == shown), [])
    form = posted(
        request, LeaveForm, initial={"last_day": clock.today()}, people=others.exclude(pk=shown.pk),
        held=each[:MOST_EACH], roles=[value for value, label in Role.choices if label in labels],
    )  # fmt: skip
    return save_form(
        request,
        form,
        partial(leave, by=acting, organisation=organisation, person=shown),
        done=lambda left: left.sentence,
        to=page_of(organisation, shown),
        way=steps(organisation, shown),
        template="parties/leaves.jinja",
        person=shown,
        organisation=organisation,
        holdings=holdings,
        has_more=holdings.has_more or len(each) > MOST_EACH,
    )


def departure(request: HttpRequest, pk: int, departure_pk: int) -> HttpResponse:
    """What became of each thing, for everybody of the organisation."""
    acting = acting_of(request)
    rows = Departure.objects.visible_to(acting).filter(organisation=pk)
    found = get_object_or_404(
        rows.select_related("person", "organisation", "by__person"), pk=departure_pk
    )
    things = found.things.select_related("successor").order_by("-is_vacant", "pk")
    context = {
        "departure": found,
        "organisation": found.organisation,
        "things": things,
        "way": steps(found.organisation),
    }
    return render(request, "parties/departure.jinja", context)
