"""How somebody wants to be told; and what did not arrive, for whoever sees to that."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from deadlines.coming import coming_to, required_kinds
from deadlines.forms import PreferencesForm
from deadlines.services.preferring import person_of, prefer, preference_of
from deadlines.undelivered import MOST, in_words, undelivered
from mail.services import leave, send_again
from parties.acting import acting_of
from parties.models import Person
from web.carrying_out import act_at_once, carried_out


def preferences_of_reader(request: HttpRequest) -> HttpResponse:
    """How the reader wants to be told."""
    person = acting_of(request).who.person
    if person is None:
        raise Http404
    return _preferences(request, person, linked=False)


@never_cache
def preferences_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The same for who comes from an e-mail and may have no account. Only the button acts."""
    person = person_of(token)
    if person is None:
        return render(request, "deadlines/link_gone.jinja", status=404)
    return _preferences(request, person, linked=True)


def _preferences(request: HttpRequest, person: Person, *, linked: bool) -> HttpResponse:
    wishes = preference_of(person)
    form = PreferencesForm(wishes, request.POST or None)

    def save(**_: object) -> None:
        prefer(
            person=person,
            one_digest_a_day=form.one_digest_a_day,
            switched_off=form.switched_off,
        )

    if carried_out(request, form, save):
        messages.success(request, "\n".join(["Your choice is saved.", *form.in_words]))
        return redirect(request.path)
    context = {
        "form": form,
        "person": person,
        "by_mail": linked,
        "required": required_kinds(),
        # Whoever has the link of an e-mail need not be that person: they read of no agreement.
        "coming": [] if linked else coming_to(acting_of(request), wishes),
    }
    return render(request, "deadlines/preferences.jinja", context)


def undelivered_mails(request: HttpRequest) -> HttpResponse:
    """Each e-mail that did not arrive, why, and what to do about it."""
    acting = acting_of(request)
    found = undelivered(acting)
    newest = list(found[:MOST])
    count = len(newest) if len(newest) < MOST else found.count()
    context = {"acting": acting, "mails": in_words(newest, acting), "count": count}
    return render(request, "deadlines/undelivered.jinja", context)


def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends one again, to the person's address of today."""
    acting = acting_of(request)
    delivery = get_object_or_404(undelivered(acting), pk=pk)
    (mail,) = in_words([delivery], acting)
    address = mail.new_address or delivery.address
    return act_at_once(
        request,
        partial(
            send_again,
            actor=acting.who,
            organisation_id=acting.organisation_id,
            delivery=delivery,
            address=mail.new_address,
        ),
        done=f"The e-mail is on its way again, to {address}.\n"
        "If it does not arrive this time either, it comes back to this list.",
        to=reverse("deadlines:undelivered"),
    )


def left(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes one off the list: it is not needed any more."""
    acting = acting_of(request)
    delivery = get_object_or_404(undelivered(acting), pk=pk)
    return act_at_once(
        request,
        partial(leave, actor=acting.who, organisation_id=acting.organisation_id, delivery=delivery),
        done=f"The e-mail to {delivery.address} will not be sent.",
        to=reverse("deadlines:undelivered"),
    )
