"""What the pages of this room share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from house.refusals import NotYours, Refused
from nhsuk.forms import Form
from parties.acting import Acting
from parties.models import Organisation, Person
from parties.rules import must_administer


def acting_of(request: HttpRequest) -> Acting:
    acting: Acting = request.acting  # type: ignore[attr-defined]
    return acting


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


def save_form(
    request: HttpRequest,
    form: Form,
    act: Callable[..., Any],
    *,
    done: Callable[[Any], str],
    to: str,
    template: str = "form.jinja",
    **context: Any,
) -> HttpResponse:
    """Shows the form; when it is filled in rightly, acts, says what was done and leads on."""
    if request.method == "POST" and form.is_valid():
        try:
            result = act(**form.cleaned_data)
        except NotYours:
            raise
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, done(result))
            return redirect(to)
    return render(request, template, {"form": form, "cancel": to, **context})


def posted(request: HttpRequest, form: type[BaseForm], **options: Any) -> Any:
    """The form with what was sent, or empty. A list with nothing ticked is sent too."""
    if request.method == "POST":
        return form(request.POST, request.FILES, **options)
    return form(**options)


def act_at_once(
    request: HttpRequest, act: Callable[[], Any], *, done: str, to: str
) -> HttpResponse:
    """For a button without a form: acts, then says what was done or why not."""
    try:
        act()
    except NotYours:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return redirect(to)
