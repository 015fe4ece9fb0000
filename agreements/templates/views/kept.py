"""Which templates there are, what each has, and who may edit it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from agreements.library import library
from agreements.models import Template
from agreements.templates.forms import DescribeForm, LetEditForm
from agreements.templates.pages import TemplateList, TemplatePage
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
from web.carrying_out import act_at_once, save_form


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
    return save_form(
        request,
        DescribeForm(request.POST or None, initial=now),
        lambda **said: describe(by=acting_of(request), template=template, **said),
        done=lambda _: "The template is described anew.\nAgreements stay as they are.",
        to=reverse("templates:template", args=[template.pk]),
        title="Name and description",
        caption=template.name,
        way=steps(template),
    )


def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who may edit the template; its keepers let others in and stop that."""
    template, by = template_of(request, pk), acting_of(request)
    require_own(by, template)
    if "stop" in request.POST:
        return _stop(request, template)
    form = LetEditForm(request.POST or None)
    return save_form(
        request,
        form,
        lambda **_: let_edit(by=by, template=template, user=form.user),
        done=lambda _: (
            f"{form.user} may edit this template now.\nWe sent them an e-mail with a link to it."
        ),
        to=reverse("templates:people", args=[pk]),
        template="templates/people.jinja",
        kept=template,
        keepers=keepers_of(template),
        let_in=let_in(template),
        way=steps(template),
    )


def _stop(request: HttpRequest, template: Template) -> HttpResponse:
    chosen = request.POST["stop"]
    user = let_in(template).filter(pk=int(chosen)).first() if chosen.isdecimal() else None

    def stop() -> None:
        if user is None:
            raise Refused("This person was not let in, or somebody stopped it already.")
        stop_letting_edit(by=acting_of(request), template=template, user=user)

    done = f"{user} may not edit this template any more."
    return act_at_once(request, stop, done=done, to=reverse("templates:people", args=[template.pk]))
