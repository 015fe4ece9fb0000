"""A new agreement from a template, in four short pages that save into one set-up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from agreements.core.choices import newest_published, organisations_for
from agreements.core.telling import told_others
from agreements.drafting.forms.last_time import LastTimeForm
from agreements.drafting.forms.setting_up import (
    ContactsForm,
    NewcomerForm,
    PartiesForm,
    TemplateForm,
)
from agreements.drafting.pages.setting_up import (
    Check,
    initial_parties,
    last_time_of,
    sides_of,
    unfinished,
)
from agreements.drafting.services import making
from agreements.models import SetUp
from parties.acting import acting_of
from parties.models import Role
from web.carrying_out import carried_out, tried


def _set_up(request: HttpRequest, key: UUID) -> SetUp:
    found = SetUp.objects.visible_to(acting_of(request))
    return get_object_or_404(found.select_related("template_version__template"), key=key)


def choose_template(request: HttpRequest) -> HttpResponse:
    acting = acting_of(request)
    versions = newest_published(acting)
    form = TemplateForm(versions, request.POST or None, own=acting.organisation_id)
    # The page of a template leads here with it chosen.
    form.initial = {"template": request.GET.get("template", "")}
    begun: list[SetUp] = []

    def begin(**_: object) -> None:
        begun.append(making.begin(by=acting, template_version=form.chosen))

    if carried_out(request, form, begin):
        return redirect("agreements:new_parties", begun[0].key)
    context = {
        "form": form,
        "versions": versions,
        "unfinished": unfinished(acting),
        "may_take": acting.has(Role.MANAGER),
    }
    return render(request, "agreements/new_template.jinja", context)


def parties(request: HttpRequest, key: UUID) -> HttpResponse:
    """Page two: what the agreement is called, and between whom it is."""
    set_up = _set_up(request, key)
    slots = set_up.template_version.typed_slots
    initial, before = initial_parties(set_up, acting_of(request)), set_up.answers.get("parties", {})
    form = PartiesForm(slots, organisations_for(slots), request.POST or None, initial=initial)

    def choose(**_: object) -> None:
        title = form.cleaned_data["title"]
        making.choose_parties(set_up=set_up, title=title, parties=form.chosen(before))

    if carried_out(request, form, choose):
        return redirect("agreements:new_contacts", key)
    return _page(request, set_up, "new_parties", form=form)


def contacts(request: HttpRequest, key: UUID) -> HttpResponse:
    """Page three: who to turn to on each side, and what the text leaves open."""
    set_up = _set_up(request, key)
    sides, blanks = sides_of(set_up, acting_of(request)), set_up.template_version.typed_blanks
    form = ContactsForm(sides, blanks, set_up.answers, request.POST or None)
    adds, takes = _adds_somebody(request), _takes_somebody(request)
    newcomer = NewcomerForm(sides, request.POST if adds else None)
    last = last_time_of(set_up, sides, acting_of(request))
    again = LastTimeForm(last, request.POST if takes else None)

    def keep(**_: object) -> None:
        said = again.beside(form.contacts)
        making.answer(set_up=set_up, contacts=said, blanks=form.filled_in)

    def add(**said: Any) -> None:
        """Both in one act: a form is carried out once."""
        _add(request, set_up, **said)
        keep()

    ready = (not takes or again.is_valid()) and (not adds or form.is_valid())
    sent, act = (newcomer, add) if adds else (form, keep)
    if ready and carried_out(request, sent, act):
        return redirect(f"agreements:new_{'contacts' if adds or takes else 'check'}", key)
    shown = {"form": form, "newcomer": newcomer, "sides": sides, "again": again, "last": last}
    return _page(request, set_up, "new_contacts", **shown)


def _add(
    request: HttpRequest, set_up: SetUp, *, slot: str, shares: bool = False, **newcomer: str
) -> None:
    """Keeps somebody who is not in the lists, to be chosen on the same page."""
    making.add_newcomer(set_up=set_up, slot=slot, newcomer=newcomer, shares=shares)
    name = newcomer["name"]
    messages.success(request, f"You can choose {name} now.\nYour other choices are saved.")


def _adds_somebody(request: HttpRequest) -> bool:
    """By its button, or because a name was typed before going on: nothing typed is lost."""
    return "add" in request.POST or bool(request.POST.get("new-name", "").strip())


def _takes_somebody(request: HttpRequest) -> bool:
    """By its button, or because somebody was ticked before going on: no tick is lost."""
    return "take" in request.POST or "last-taken" in request.POST


def check(request: HttpRequest, key: UUID) -> HttpResponse:
    """Page four: what was said. Create makes one agreement, however often it is pressed."""
    set_up, acting = _set_up(request, key), acting_of(request)

    def create() -> HttpResponse:
        agreement = making.create(by=acting, set_up=set_up)
        messages.success(
            request,
            f"{agreement.reference} is created, with its first draft.\n"
            f"{told_others(agreement, acting)}\n"
            "Next: read the draft and change what should be different.",
        )
        return redirect("agreements:agreement", agreement.reference)

    if request.method == "POST":
        return tried(request, create) or redirect("agreements:new_check", key)
    return _page(request, set_up, "new_check", check=Check(set_up, acting))


def _page(request: HttpRequest, set_up: SetUp, name: str, **context: object) -> HttpResponse:
    """A page of the set-up; once the agreement is there, it leads to that."""
    if set_up.agreement is not None:
        messages.info(request, "This agreement has been created already. Here it is.")
        return redirect("agreements:agreement", set_up.agreement.reference)
    return render(request, f"agreements/{name}.jinja", {"set_up": set_up, **context})
