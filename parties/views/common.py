"""What the pages of this room share."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from parties.acting import acting_of
from parties.models import Organisation, Person
from parties.rules import must_administer


def own_organisation(request: HttpRequest, pk: int) -> Organisation:
    """The organisation, for its administrator. Others get a sentence and 403."""
    organisation = get_object_or_404(Organisation.objects.named(), pk=pk)
    must_administer(acting_of(request), organisation)
    return organisation


def own_person(request: HttpRequest, organisation: Organisation, pk: int) -> Person:
    """Somebody of the organisation that the reader looks after."""
    people = Person.objects.visible_to(acting_of(request)).of(organisation.pk)
    return get_object_or_404(people, pk=pk)


def page_of(organisation: Organisation) -> str:
    return reverse("parties:organisation", args=[organisation.pk])


def page_of_person(organisation: Organisation, person: Person) -> str:
    return reverse("parties:person", args=[organisation.pk, person.pk])


def steps(organisation: Organisation, person: Person | None = None) -> list[tuple[str, str]]:
    """The breadcrumbs of a page below the organisation's, or below a person's."""
    way = [
        ("Organisations", reverse("parties:list")),
        (organisation.name, page_of(organisation)),
    ]
    return [*way, (person.name, page_of_person(organisation, person))] if person else way
