"""A version of a template: its text, and its publication."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from agreements.models import TemplateVersion
from agreements.templates.services.keeping import discard_draft, publish, text_fingerprint
from agreements.templates.text import TemplateText, changes_since
from agreements.templates.views.reached import (
    editors_only,
    no_longer_a_draft,
    page_of,
    steps,
    version_of,
)
from nhsuk.words import in_sentence
from parties.acting import acting_of
from web.carrying_out import posted, save_form
from web.forms import NoForm


def version_page(request: HttpRequest, pk: int, seq: int) -> HttpResponse:
    """The text as a document; a draft offers to whoever may edit what can be done."""
    version = version_of(request, pk, seq)
    page = TemplateText(version, acting_of(request))
    clauses = page.clauses(request.GET.dict())
    context = {"page": page, "clauses": clauses, "index": page.contents(clauses)}
    context["way"] = steps(version.template)
    return render(request, "templates/version.jinja", context)


@editors_only
def publish_version(request: HttpRequest, version: TemplateVersion) -> HttpResponse:
    """Says what publishing means and what changes, and asks."""
    if answer := no_longer_a_draft(request, version):
        return answer
    shown = request.POST.get("shown", "")
    return save_form(
        request,
        posted(request, NoForm),
        lambda: publish(by=acting_of(request), version=version, shown=shown),
        done=lambda _: (
            f"Version {version.seq} is published.\nNew agreements start from it. "
            "Agreements made before stay as they are."
        ),
        to=reverse("templates:template", args=[version.template_id]),
        template="templates/publish.jinja",
        version=version,
        shown=text_fingerprint(version),
        comparison=changes_since(version),
        way=steps(version.template, version),
    )


@editors_only
def discard_version(request: HttpRequest, version: TemplateVersion) -> HttpResponse:
    """Says what discarding the draft means, and asks."""
    if answer := no_longer_a_draft(request, version):
        return answer
    template, name = version.template, version.name
    return save_form(
        request,
        posted(request, NoForm),
        lambda: discard_draft(by=acting_of(request), version=version),
        done=lambda _: f"{name} is discarded.\nNew agreements start from the published version.",
        to=reverse("templates:template", args=[template.pk]),
        title="Discard this draft",
        caption=f"{template.name}, {in_sentence(name)}",
        lead="Everything that was changed in this draft goes. The published version, and "
        "agreements already made, stay as they are.",
        button="Discard the draft",
        warning=True,
        way=steps(template, version),
        cancel=page_of(version),
    )
