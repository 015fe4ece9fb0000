"""Which templates there are, what each has, and who may edit it; how their pages lead back."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agreements.library import library
from agreements.models import Template, TemplateVersion
from agreements.templates.forms import DescribeForm, LetEditForm
from agreements.templates.pages.kept import TemplateList, TemplatePage
from agreements.templates.services.keeping import new_template_draft, take_from_library
from agreements.templates.services.making import describe, make_template
from agreements.templates.services.offering import accept_offer, offer_edit, offered_by
from agreements.templates.services.people import (
    keepers_of,
    let_edit,
    let_in,
    require_own,
    require_right,
    stop_letting_edit,
)
from house.keys import id_in
from house.refusals import Refused
from parties.acting import Acting, acting_of
from parties.models import User
from web.carrying_out import act_at_once, save_form, tried
from web.way import Steps


def template_list(request: HttpRequest) -> HttpResponse:
    page = TemplateList(acting_of(request))
    return render(request, "templates/list.jinja", {"page": page, "way": steps()[:1]})


def make(request: HttpRequest) -> HttpResponse:
    """A template of one's own, from nothing."""
    return save_form(
        request,
        DescribeForm(request.POST or None),
        lambda **said: make_template(by=acting_of(request), **said),
        done=lambda version: (
            f"“{version.template.name}” is made, with an empty draft.\nNext: add its sides."
        ),
        to=reverse("templates:list"),
        leads_to=page_of,
        title="Make a template",
        caption=acting_of(request).on_behalf_of.name,
        lead="Say what it is called. Then you add its sides, its blanks, its text and its terms, "
        "and publish it. Until then nobody can start an agreement from it.",
        button="Make it",
        way=steps(),
    )


def take(request: HttpRequest, key: str) -> HttpResponse:
    """Copies a template that comes with the portal to the organisation."""
    source = library().get(key)
    if source is None:
        raise Http404

    def take_it() -> HttpResponse:
        template = take_from_library(by=acting_of(request), source=source)
        messages.success(
            request,
            f"{template.organisation} keeps its own copy of this template now.\nIt is published, "
            "so agreements can start from it. Open a draft to change it for your organisation.",
        )
        return redirect("templates:template", template.pk)

    return tried(request, take_it) or redirect("templates:list")


def template_page(request: HttpRequest, pk: int) -> HttpResponse:
    page = TemplatePage(template_of(request, pk), acting_of(request))
    return render(request, "templates/template.jinja", {"page": page, "way": steps()})


def open_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft of the next version, with the newest one's text."""
    template = to_edit(request, pk)

    def open_it() -> HttpResponse:
        version = new_template_draft(by=acting_of(request), template=template)
        messages.success(
            request,
            f"A draft of version {version.seq} is open.\nNew agreements start from the published "
            "version until somebody publishes this draft.",
        )
        return redirect(page_of(version))

    return tried(request, open_it) or redirect("templates:template", pk)


def describe_template(request: HttpRequest, pk: int) -> HttpResponse:
    """What the template is called, and what it is for."""
    template = to_edit(request, pk)
    now = {"name": template.name, "description": template.description}
    return save_form(
        request,
        DescribeForm(request.POST or None, initial=now),
        lambda **said: describe(by=acting_of(request), template=template, **said),
        done=lambda _: "The template is described anew.\nAgreements stay as they are.",
        to=reverse("templates:template", args=[pk]),
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
    form = LetEditForm(request.POST or None, organisation=template.organisation)
    return save_form(
        request,
        form,
        lambda email: _let_in(by, template, form.user, email),
        done=str,
        to=reverse("templates:people", args=[pk]),
        template="templates/people.jinja",
        kept=template,
        keepers=keepers_of(template),
        let_in=let_in(template),
        way=steps(template),
    )


def _let_in(by: Acting, template: Template, colleague: User | None, email: str) -> str:
    """A colleague at once; whoever else has the address, once they accept. Says what was done."""
    if colleague:
        let_edit(by=by, template=template, user=colleague)
        return f"{colleague} may edit this template now.\nWe sent them an e-mail with a link to it."
    offer_edit(by=by, template=template, email=email)
    return f"We wrote to {email}.\nWhoever logs in with this address may edit it once they accept."


def offer(request: HttpRequest, token: str) -> HttpResponse:
    """Whom an offer was made accepts it here."""
    by = acting_of(request)
    found = offered_by(token, by.who)
    if found is None:
        raise Http404
    if request.method == "POST":
        done = f"You may edit a template of {found.template.organisation} now."
        to = reverse("templates:template", args=[found.template.pk])
        return act_at_once(request, partial(accept_offer, by=by, offer=found), done=done, to=to)
    return render(request, "templates/offer.jinja", {"offer": found, "way": steps()})


def _stop(request: HttpRequest, template: Template) -> HttpResponse:
    user = let_in(template).filter(pk=id_in(request.POST["stop"]) or 0).first()

    def stop() -> None:
        if user is None:
            raise Refused("This person was not let in, or somebody stopped it already.")
        stop_letting_edit(by=acting_of(request), template=template, user=user)

    done = f"{user} may not edit this template any more."
    return act_at_once(request, stop, done=done, to=reverse("templates:people", args=[template.pk]))


def page_of(version: TemplateVersion) -> str:
    return reverse("templates:version", args=[version.template_id, version.seq])


def steps(template: Template | None = None, version: TemplateVersion | None = None) -> Steps:
    """The breadcrumbs of a page below the list, a template or one of its versions."""
    way = [("Home", reverse("home")), ("Templates", reverse("templates:list"))]
    if template is not None:
        way.append((template.name, reverse("templates:template", args=[template.pk])))
    if version is not None:
        way.append((version.name, page_of(version)))
    return way


def template_of(request: HttpRequest, pk: int) -> Template:
    visible = Template.objects.visible_to(acting_of(request)).select_related("organisation")
    return get_object_or_404(visible.prefetch_related("organisation__names"), pk=pk)


def to_edit(request: HttpRequest, pk: int) -> Template:
    """The same for those alone who may edit it."""
    template = template_of(request, pk)
    require_right(acting_of(request), template)
    return template
