"""A version of a template: its text, and its draft in its keepers' hands."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agreements.drafting.pages.document import contents
from agreements.drafting.views.editor import Editor, views_of
from agreements.models import TemplateClause, TemplateVersion
from agreements.templates.forms import TemplateClauseForm
from agreements.templates.pages.text import (
    TemplateText,
    blanks_of,
    each_side_of,
    labels_of,
    readable,
)
from agreements.templates.services.keeping import EDITING
from agreements.templates.services.people import require_right
from agreements.templates.views.kept import page_of, steps
from nhsuk.components import IndexEntry
from parties.acting import acting_of


def version_page(request: HttpRequest, pk: int, seq: int) -> HttpResponse:
    """The text as a document; a draft offers to whoever may edit what can be done."""
    version = _version_of(request, pk, seq)
    page = TemplateText(version, acting_of(request))
    clauses = page.clauses(request.GET.dict())
    more = [IndexEntry(name, name.lower()) for name in ("Terms", "Sides", "Blanks")]
    context = {"page": page, "clauses": clauses, "index": contents(clauses, *more)}
    return render(request, "templates/version.jinja", context | {"way": steps(version.template)})


class TemplateEditor(Editor[TemplateVersion, TemplateClause]):
    editing = EDITING
    clause_form = TemplateClauseForm
    clause_page = "templates/clause.jinja"
    clause_called = "Clause of the template"
    terms_title = "Terms of the template"
    terms_lead = (
        "Each agreement starts with these terms and can change them while it is a draft. "
        "Reminders and checks follow the agreement’s own terms."  # noqa: RUF001 - in print
    )
    terms_saved = "The terms were saved.\nThe draft shows them in words."
    leaves = "The clause leaves this draft of the template."
    stays = "Earlier versions, and agreements already made, keep the clause."
    removed = (
        "The clause “{}” was removed from the draft.\nEarlier versions and agreements keep it."
    )

    def __init__(self, request: HttpRequest, pk: int, seq: int) -> None:
        version = to_edit(request, pk, seq)
        super().__init__(request, version)
        self.title, self.called = version.template.name, version.name
        self.page, self.way = page_of(version), steps(version.template, version)
        self.terms_url = reverse("templates:terms", args=[pk, seq])
        self.add_url = reverse("templates:clause_add", args=[pk, seq])
        self.slots = [(slot.key, slot.each) for slot in version.typed_slots]
        self.sides = each_side_of(version)

    def part_url(self, part: str) -> str:
        return reverse(
            "templates:terms_part", args=[self.version.template_id, self.version.seq, part]
        )

    @property
    def labels(self) -> dict[str, str]:
        return labels_of(self.version)

    def clause(self, key: str) -> TemplateClause | None:
        found: TemplateClause | None = self.version.clauses.filter(key=key).first()
        if found is not None:
            found.version = self.version
        return found

    def ever_had(self, key: str) -> bool:
        return self.version.clause_history.filter(key=key).exists()

    def readable(self, text: str) -> str:
        return readable(text, blanks_of(self.version))

    def moved_on(self) -> HttpResponse | None:
        return no_longer_a_draft(self.request, self.version)


edit_clause, add_clause, move_clause, remove_clause, show_terms, edit_terms = views_of(
    TemplateEditor
)


def _version_of(request: HttpRequest, pk: int, seq: int) -> TemplateVersion:
    visible = TemplateVersion.objects.visible_to(acting_of(request))
    found = visible.select_related("template__organisation").prefetch_related(
        "template__organisation__names"
    )
    return get_object_or_404(found, template=pk, seq=seq)


def to_edit(request: HttpRequest, pk: int, seq: int) -> TemplateVersion:
    """The same for those alone who may edit the template."""
    version = _version_of(request, pk, seq)
    require_right(acting_of(request), version.template)
    return version


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
