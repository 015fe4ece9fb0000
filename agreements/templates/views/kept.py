"""Which templates there are, what each has, and who may edit it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from agreements.library import library
from agreements.models import Template
from agreements.templates.forms.people import DescribeForm, LetEditForm
from agreements.templates.pages.list import TemplateList
from agreements.templates.pages.template import TemplatePage
from agreements.templates.services.keeping import describe, new_template_draft, take_from_library
from agreements.templates.services.people import (
    keepers_of,
    let_edit,
    let_in,
    require_own,
    stop_letting_edit,
)
from agreements.templates.views.reached import editors_only, page_of, steps, template_of
from house.refusals import NotYours, Refused
from parties.acting import acting_of
from web.carrying_out import carried_out


def template_list(request: HttpRequest) -> HttpResponse:
    page = TemplateList(acting_of(request))
    return render(request, "templates/list.jinja", {"page": page, "way": steps()[:1]})


def take(request: HttpRequest, key: str) -> HttpResponse:
    """Copies a template that comes with the portal to the organisation."""
    source = library().get(key)
    if source is None:
        raise Http404
    try:
        template = take_from_library(by=acting_of(request), source=source)
    except NotYours:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("templates:list")
    messages.success(
        request,
        f"{template.organisation} keeps its own copy of this template now.\nIt is published, so "
        "agreements can start from it. Open a draft to change it for your organisation.",
    )
    return redirect("templates:template", template.pk)


def template_page(request: HttpRequest, pk: int) -> HttpResponse:
    page = TemplatePage(template_of(request, pk), acting_of(request))
    return render(request, "templates/template.jinja", {"page": page, "way": steps()})


@editors_only
def open_draft(request: HttpRequest, template: Template) -> HttpResponse:
    """A draft of the next version, with the newest one's text."""
    try:
        version = new_template_draft(by=acting_of(request), template=template)
    except NotYours:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("templates:template", template.pk)
    messages.success(
        request,
        f"A draft of version {version.seq} is open.\nNew agreements start from the published "
        "version until somebody publishes this draft.",
    )
    return redirect(page_of(version))


@editors_only
def describe_template(request: HttpRequest, template: Template) -> HttpResponse:
    """What the template is called, and what it is for."""
    now = {"name": template.name, "description": template.description}
    form = DescribeForm(request.POST or None, initial=now)

    def save(name: str, description: str) -> None:
        describe(by=acting_of(request), template=template, name=name, description=description)

    if carried_out(request, form, save):
        messages.success(request, "The template is described anew.\nAgreements stay as they are.")
        return redirect("templates:template", template.pk)
    context = {
        "title": "Name and description",
        "caption": template.name,
        "form": form,
        "way": steps(template),
        "cancel": reverse("templates:template", args=[template.pk]),
    }
    return render(request, "form.jinja", context)


def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who may edit the template; its keepers let others in and stop that."""
    template, by = template_of(request, pk), acting_of(request)
    require_own(by, template)
    if "stop" in request.POST:
        return _stop(request, template)
    form = LetEditForm(request.POST or None)

    def act(**_: object) -> None:
        let_edit(by=by, template=template, user=form.user)

    if carried_out(request, form, act):
        messages.success(
            request,
            f"{form.user} may edit this template now.\nWe sent them an e-mail with a link to it.",
        )
        return redirect("templates:people", pk)
    context = {
        "form": form,
        "template": template,
        "keepers": keepers_of(template),
        "let_in": let_in(template),
        "way": steps(template),
    }
    return render(request, "templates/people.jinja", context)


def _stop(request: HttpRequest, template: Template) -> HttpResponse:
    chosen = request.POST["stop"]
    user = let_in(template).filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    try:
        if user is None:
            raise Refused("This person was not let in, or somebody stopped it already.")
        stop_letting_edit(by=acting_of(request), template=template, user=user)
    except NotYours:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"{user} may not edit this template any more.")
    return redirect("templates:people", template.pk)
