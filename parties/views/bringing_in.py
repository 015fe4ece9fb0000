"""A system administrator brings in an organisation, and invites who looks after it first."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from nhsuk.words import and_list
from parties.acting import acting_of
from parties.forms.bringing_in import BringInForm, FirstPersonForm
from parties.models import Organisation
from parties.presenters import labels_of
from parties.queries import looked_after_by_nobody
from parties.services.bringing_in import BroughtIn, bring_in, invite_first, invited_to_look_after
from parties.services.inviting import LASTS
from parties.who import administrators_of
from web.carrying_out import posted, save_form

TITLE = "Bring in an organisation"


def bring_in_one(request: HttpRequest) -> HttpResponse:
    """The organisation and its first person, in one form; beside it, those that have nobody."""
    return save_form(
        request,
        posted(request, BringInForm),
        partial(bring_in, by=acting_of(request)),
        done=_what_was_done,
        to=reverse("admin:index"),
        leads_to=lambda done: _page(done.organisation),
        template="parties/bring_in.jinja",
        title=TITLE,
        lead="We send its first person an invitation at once.",
        button="Add it and send the invitation",
        way=[("Home", reverse("home")), ("Administration", reverse("admin:index"))],
        without=looked_after_by_nobody(),
    )


def first_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Who looks after an organisation, or was asked to; and the form to ask somebody."""
    seen = Organisation.objects.visible_to(acting_of(request)).named()
    shown = get_object_or_404(seen.select_related("area"), pk=pk)
    there = administrators_of(shown).select_related("user__person").order_by("pk")
    invited = invited_to_look_after(shown)
    return save_form(
        request,
        posted(request, FirstPersonForm),
        partial(invite_first, by=acting_of(request), organisation=shown),
        done=_what_was_done,
        to=_page(shown),
        template="parties/first_person.jinja",
        organisation=shown,
        administrators=[str(each.user) for each in there],
        invited=[(each, labels_of(each.roles)) for each in invited],
        way=[("Home", reverse("home")), (TITLE, reverse("parties:bring_in"))],
    )


def _page(organisation: Organisation) -> str:
    return reverse("parties:first_person", args=[organisation.pk])


def _what_was_done(done: BroughtIn) -> str:
    """What was done, who was told, what comes next: a line each."""
    here, person = done.organisation.name, done.first.person
    lines = [f"{here} was added." if done.is_new else f"{here} stays as it is."]
    if done.new_area:
        lines.append(f"Its area, {done.new_area}, is new.")
    if done.withdrawn:
        lines.append(f"The invitation of {and_list(done.withdrawn)} does not work any more.")
    if done.first.has_roles:
        lines.append(f"{person.name} has an account with it, and has the roles from now on.")
    else:
        lines.append(f"We sent an invitation to {person.name}, {person.email}.")
        lines.append(f"Next: they accept within {LASTS.days} days, then invite their colleagues.")
    return "\n".join(lines)
