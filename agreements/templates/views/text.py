"""A version of a template: its text, its terms, and its publication."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agreements.drafting.forms.terms import TermsForm
from agreements.models import TemplateVersion
from agreements.templates.pages.changes import changes_since
from agreements.templates.pages.text import TemplateText
from agreements.templates.services.keeping import discard_draft, publish, text_fingerprint
from agreements.templates.services.text import edit_template_terms, template_terms_fingerprint
from agreements.templates.views.reached import (
    editors_only,
    no_longer_a_draft,
    page_of,
    steps,
    version_of,
)
from nhsuk.words import in_sentence
from parties.acting import acting_of
from web.carrying_out import carried_out
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
def terms(request: HttpRequest, version: TemplateVersion) -> HttpResponse:
    """The typed terms in plain boxes."""
    if answer := no_longer_a_draft(request, version):
        return answer
    slots = [(slot.key, slot.label) for slot in version.typed_slots]
    form = TermsForm(version.typed_terms, slots, request.POST or None)
    shown = request.POST.get("shown", "")

    def save(**_: object) -> None:
        edit_template_terms(by=acting_of(request), version=version, terms=form.terms(), shown=shown)

    if carried_out(request, form, save):
        messages.success(request, "The terms were saved.\nThe draft shows them in words.")
        return redirect(f"{page_of(version)}#terms")
    context = {
        "form": form,
        "version": version,
        "shown": template_terms_fingerprint(version),
        "way": steps(version.template, version),
    }
    return render(request, "templates/terms.jinja", context)


@editors_only
def publish_version(request: HttpRequest, version: TemplateVersion) -> HttpResponse:
    """Says what publishing means and what changes, and asks."""
    if answer := no_longer_a_draft(request, version):
        return answer
    form = NoForm(request.POST if request.method == "POST" else None)
    shown = request.POST.get("shown", "")

    def act(**_: object) -> None:
        publish(by=acting_of(request), version=version, shown=shown)

    if carried_out(request, form, act):
        messages.success(
            request,
            f"Version {version.seq} is published.\nNew agreements start from it. Agreements made "
            "before stay as they are.",
        )
        return redirect("templates:template", version.template_id)
    context = {
        "form": form,
        "version": version,
        "shown": text_fingerprint(version),
        "comparison": changes_since(version),
        "way": steps(version.template, version),
    }
    return render(request, "templates/publish.jinja", context)


@editors_only
def discard_version(request: HttpRequest, version: TemplateVersion) -> HttpResponse:
    """Says what discarding the draft means, and asks."""
    if answer := no_longer_a_draft(request, version):
        return answer
    form = NoForm(request.POST if request.method == "POST" else None)
    template, name = version.template, version.name

    def act(**_: object) -> None:
        discard_draft(by=acting_of(request), version=version)

    if carried_out(request, form, act):
        messages.success(
            request, f"{name} is discarded.\nNew agreements start from the published version."
        )
        return redirect("templates:template", template.pk)
    context = {
        "title": "Discard this draft",
        "caption": f"{template.name}, {in_sentence(name)}",
        "lead": "Everything that was changed in this draft goes. The published version, and "
        "agreements already made, stay as they are.",
        "form": form,
        "button": "Discard the draft",
        "warning": True,
        "way": steps(template, version),
        "cancel": page_of(version),
    }
    return render(request, "form.jinja", context)
