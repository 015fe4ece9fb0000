from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from deadlines.coming import COLUMNS, next_rows, required_kinds
from deadlines.forms import PreferencesForm
from deadlines.links import person_of
from deadlines.services.preferring import prefer, preference_of
from parties.acting import Acting
from parties.models import Person


def of_reader(request: HttpRequest) -> HttpResponse:
    """How the reader wants to be told."""
    person = acting_of(request).who.person
    if person is None:
        raise Http404
    return _page(request, person, linked=False)


@never_cache
def by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The same for who comes from an e-mail and may have no account. Only the button acts."""
    person_id = person_of(token)
    if person_id is None:
        return render(request, "deadlines/link_gone.jinja", status=404)
    person = get_object_or_404(Person.objects.filter(pk=person_id))
    return _page(request, person, linked=True)


def _page(request: HttpRequest, person: Person, *, linked: bool) -> HttpResponse:
    wishes = preference_of(person)
    form = PreferencesForm(wishes, request.POST or None)
    if request.method == "POST" and form.is_valid():
        prefer(
            person=person,
            one_digest_a_day=form.one_digest_a_day,
            switched_off=form.switched_off,
        )
        messages.success(request, "\n".join(["Your choice is saved.", *form.in_words]))
        return redirect(request.path)
    context = {
        "form": form,
        "person": person,
        "by_mail": linked,
        "required": required_kinds(),
        "columns": COLUMNS,
        # Whoever has the link of an e-mail need not be that person: they read of no agreement.
        "coming": [] if linked else next_rows(acting_of(request), wishes),
    }
    return render(request, "deadlines/preferences.jinja", context)


def acting_of(request: HttpRequest) -> Acting:
    acting: Acting = request.acting  # type: ignore[attr-defined]
    return acting
