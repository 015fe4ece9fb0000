"""How the pages of templates find things, whom they let edit, and how they lead back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from agreements.models import Template, TemplateVersion
from agreements.templates.services.people import require_right
from parties.acting import acting_of
from web.way import Steps

View = Callable[..., HttpResponse]


def template_of(request: HttpRequest, pk: int) -> Template:
    visible = Template.objects.visible_to(acting_of(request)).select_related("organisation")
    return get_object_or_404(visible.prefetch_related("organisation__names"), pk=pk)


def version_of(request: HttpRequest, pk: int, seq: int) -> TemplateVersion:
    visible = TemplateVersion.objects.visible_to(acting_of(request))
    found = visible.select_related("template__organisation").prefetch_related(
        "template__organisation__names"
    )
    return get_object_or_404(found, template=pk, seq=seq)


def editors_only(view: View) -> View:
    """Hands the template or its version to the view, by those who may edit it."""

    @wraps(view)
    def ask_first(request: HttpRequest, *, pk: int, **names: Any) -> HttpResponse:
        seq = names.pop("seq", None)
        found = version_of(request, pk, seq) if seq else template_of(request, pk)
        template = found.template if isinstance(found, TemplateVersion) else found
        require_right(acting_of(request), template)
        return view(request, found, **names)

    return ask_first


def page_of(version: TemplateVersion) -> str:
    return reverse("templates:version", args=[version.template_id, version.seq])


def no_longer_a_draft(request: HttpRequest, version: TemplateVersion) -> HttpResponse | None:
    """For whoever opens an edit page of a published version. What was sent goes to the service."""
    if version.is_draft or request.method == "POST":
        return None
    messages.info(
        request,
        f"{version.name} is published and no longer changes.\nOpen a draft of the template to "
        "change its text.",
    )
    return redirect(page_of(version))


def steps(template: Template | None = None, version: TemplateVersion | None = None) -> Steps:
    """The breadcrumbs of a page below the list, a template or one of its versions."""
    way = [("Home", reverse("home")), ("Templates", reverse("templates:list"))]
    if template is not None:
        way.append((template.name, reverse("templates:template", args=[template.pk])))
    if version is not None:
        way.append((version.name, page_of(version)))
    return way
