"""A template's draft in the hands of its keepers: its clauses, one page each, and its terms."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from agreements.drafting.pages.clause import Preview
from agreements.drafting.views.editor import Editor
from agreements.models import ClauseText, TemplateClause, TemplateVersion
from agreements.templates.forms import TemplateClauseForm
from agreements.templates.services.text import EDITING
from agreements.templates.text import as_text, blanks_of, preview_in, sides_of
from agreements.templates.views.reached import editors_only, no_longer_a_draft, page_of, steps


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
    leaves = "The clause leaves this draft of the template."
    stays = "Earlier versions, and agreements already made, keep the clause."
    removed = (
        "The clause “{}” was removed from the draft.\nEarlier versions and agreements keep it."
    )

    def __init__(self, request: HttpRequest, version: TemplateVersion) -> None:
        super().__init__(request, version)
        self.title, self.called = version.template.name, version.name
        self.page, self.way = page_of(version), steps(version.template, version)
        self.add_url = reverse("templates:clause_add", args=[version.template_id, version.seq])
        self.slots = version.typed_slots

    @property
    def sides(self) -> dict[str, str]:
        return sides_of(self.version)

    @property
    def blanks(self) -> list[tuple[str, str]]:
        """How each blank is written, and what goes there."""
        return [(f"{{{{{key}}}}}", said[1:-1]) for key, said in blanks_of(self.version).items()]

    def clause(self, key: str) -> TemplateClause | None:
        found: TemplateClause | None = self.version.clauses.filter(key=key).first()
        if found is not None:
            found.version = self.version
        return found

    def ever_had(self, key: str) -> bool:
        history = TemplateClause.history.filter(version_id=self.version.pk, key=key)
        return bool(history.exists())

    def as_text(self, clause: TemplateClause) -> ClauseText:
        return as_text(clause)

    def preview(self) -> Preview:
        return preview_in(self.version, self.request.POST)

    def moved_on(self) -> HttpResponse | None:
        return no_longer_a_draft(self.request, self.version)


@editors_only
def edit_clause(request: HttpRequest, version: TemplateVersion, key: str) -> HttpResponse:
    return TemplateEditor(request, version).edit_clause(key)


@editors_only
def add_clause(request: HttpRequest, version: TemplateVersion) -> HttpResponse:
    return TemplateEditor(request, version).add_clause()


@editors_only
def move_clause(request: HttpRequest, version: TemplateVersion, key: str) -> HttpResponse:
    return TemplateEditor(request, version).move_clause(key)


@editors_only
def remove_clause(request: HttpRequest, version: TemplateVersion, key: str) -> HttpResponse:
    return TemplateEditor(request, version).remove_clause(key)


@editors_only
def terms(request: HttpRequest, version: TemplateVersion) -> HttpResponse:
    done = "The terms were saved.\nThe draft shows them in words."
    return TemplateEditor(request, version).edit_terms(done=done, to=f"{page_of(version)}#terms")
