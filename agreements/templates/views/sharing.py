"""A template in the hands of other organisations: shared with them to use, and copied."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.models import Template, TemplateVersion
from agreements.templates.forms import DescribeForm, ShareForm
from agreements.templates.pages.kept import published_of
from agreements.templates.services.making import copy_template
from agreements.templates.services.people import require_own
from agreements.templates.services.sharing import share_template, shares_of, stop_sharing
from agreements.templates.views.kept import page_of, steps, template_of
from house.keys import id_in
from house.refusals import Refused
from nhsuk.words import plural
from parties.acting import Acting, acting_of
from parties.models import Organisation
from web.carrying_out import act_at_once, save_form


def sharing(request: HttpRequest, pk: int) -> HttpResponse:
    """Which organisations may use the template; its keepers add some and take some out."""
    template, by = template_of(request, pk), acting_of(request)
    require_own(by, template)
    if "stop" in request.POST:
        return _stop(request, template)
    form = ShareForm(request.POST or None, keeper=template.organisation)
    return save_form(
        request,
        form,
        lambda organisation: _share(by, template, int(organisation)),
        done=str,
        to=reverse("templates:sharing", args=[pk]),
        template="templates/sharing.jinja",
        kept=template,
        shares=shares_of(template),
        way=steps(template),
    )


def _share(by: Acting, template: Template, chosen: int) -> str:
    """Says what was done, and how many were told."""
    organisation = Organisation.objects.visible_to(by).get(pk=chosen)
    told = share_template(by=by, template=template, organisation=organisation)
    who = f"We told its {plural(told, 'MoU manager')} by e-mail."
    nobody = "It has no MoU manager yet, so we told nobody."
    return f"{organisation.name} may use this template now.\n{who if told else nobody}"


def _stop(request: HttpRequest, template: Template) -> HttpResponse:
    chosen = id_in(request.POST["stop"]) or 0
    share = shares_of(template).filter(organisation=chosen).first()

    def stop() -> None:
        if share is None:
            raise Refused("It is not shared with this organisation now.")
        stop_sharing(by=acting_of(request), template=template, organisation=share.organisation)

    name = share.organisation.name if share else ""
    done = f"{name} is offered this template no more.\nAgreements that it made stay as they are."
    to = reverse("templates:sharing", args=[template.pk])
    return act_at_once(request, stop, done=done, to=to)


def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own template, under a name of its own, that begins as this one is."""
    template, by = template_of(request, pk), acting_of(request)
    version = _to_copy(template, by)
    name = f"Copy of {template.name}"[:200]
    return save_form(
        request,
        DescribeForm(
            request.POST or None, initial={"name": name, "description": template.description}
        ),
        lambda **said: copy_template(by=by, version=version, **said),
        done=lambda made: (
            f"“{made.template.name}” is made.\nIt is a draft: change it, then publish it."
        ),
        to=reverse("templates:template", args=[pk]),
        leads_to=page_of,
        title="Copy the template",
        caption=template.name,
        lead=f"{by.on_behalf_of.name} gets a template of its own, with the sides, blanks, text and "
        f"terms of version {version.seq}. A change to one never changes the other.",
        button="Copy it",
        way=steps(template),
    )


def _to_copy(template: Template, by: Acting) -> TemplateVersion:
    """The version that agreements start from; the newest where there is none."""
    visible = TemplateVersion.objects.visible_to(by).filter(template=template).order_by("-seq")
    newest = visible.first()
    return published_of(visible) or newest or get_object_or_404(visible, pk=0)
