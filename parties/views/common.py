"""What the pages of this room share: who looks after an organisation, and the way back."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from parties.acting import acting_of
from parties.models import Body, Organisation, Person, Team
from parties.who import must_administer
from web.way import Steps

Below = Person | Team | Body


def own_organisation(request: HttpRequest, pk: int) -> Organisation:
    """The organisation, for its administrator. Others get a sentence and 403."""
    acting = acting_of(request)
    seen = Organisation.objects.visible_to(acting).named()
    organisation: Organisation = get_object_or_404(seen, pk=pk)
    must_administer(acting, organisation)
    return organisation


def own_person(request: HttpRequest, pk: int, person_pk: int) -> tuple[Organisation, Person]:
    """Somebody of the organisation that the reader looks after."""
    acting = acting_of(request)
    # For whom they act is at hand, with its name.
    own = acting.organisation if acting.organisation_id == pk else None
    organisation = own or own_organisation(request, pk)
    must_administer(acting, organisation)
    people = Person.objects.visible_to(acting).of(organisation.pk)
    return organisation, get_object_or_404(people, pk=person_pk)


def people_here(request: HttpRequest, organisation: Organisation) -> QuerySet[Person]:
    """Everybody of the organisation that the reader looks after, to choose from."""
    return Person.objects.visible_to(acting_of(request)).of(organisation.pk)


def page_of(organisation: Organisation, below: Below | None = None) -> str:
    """The page of the organisation, or of somebody or something below it."""
    if below is None:
        return reverse("parties:organisation", args=[organisation.pk])
    return reverse(f"parties:{below._meta.model_name}", args=[organisation.pk, below.pk])


def steps(organisation: Organisation, below: Below | None = None) -> Steps:
    """The breadcrumbs of a page that leads back there."""
    way = [("Organisations", reverse("parties:list")), (organisation.name, page_of(organisation))]
    return [*way, (below.name, page_of(organisation, below))] if below else way


def back_to(organisation: Organisation, below: Below | None = None) -> dict[str, Any]:
    """The breadcrumbs of a form, and where it leads."""
    return {"way": steps(organisation, below), "to": page_of(organisation, below)}
