"""A version of a template: its text, its publication, and its draft in its keepers' hands."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agreements.drafting.blanks import in_few_words
from agreements.drafting.pages.document import contents
from agreements.drafting.views.editor import Editor, views_of
from agreements.models import TemplateClause, TemplateVersion
from agreements.templates.forms import TemplateClauseForm
from agreements.templates.pages.text import (
    TemplateText,
    blanks_of,
    changes_since,
    labels_of,
    readable,
    sides_of,
    to_put_right,
)
from agreements.templates.rules import text_fingerprint, what_is_missing
from agreements.templates.services.keeping import EDITING, discard_draft, publish
from agreements.templates.services.people import require_right
from agreements.templates.views.kept import page_of, steps
from nhsuk.components import IndexEntry
from nhsuk.words import in_sentence
from parties.acting import acting_of
from web.carrying_out import NoForm, posted, save_form

_WENT = "The template went with it, as no version of it was ever published."
_STAYS = "New agreements start from the published version."
_ALL_GOES = (
    "The template has no other version, so it goes with its draft. Nothing that was made from it "
    "is lost: no agreement could start from it yet."
)
_CHANGES_GO = (
    "Everything that was changed in this draft goes. The published version, and agreements already "
    "made, stay as they are."
)


def version_page(request: HttpRequest, pk: int, seq: int) -> HttpResponse:
    """The text as a document; a draft offers to whoever may edit what can be done."""
    version = _version_of(request, pk, seq)
    page = TemplateText(version, acting_of(request))
    clauses = page.clauses(request.GET.dict())
    more = [IndexEntry(name, name.lower()) for name in ("Terms", "Sides", "Blanks")]
    context = {"page": page, "clauses": clauses, "index": contents(clauses, *more)}
    return render(request, "templates/version.jinja", context | {"way": steps(version.template)})


def publish_version(request: HttpRequest, pk: int, seq: int) -> HttpResponse:
    """Says what publishing means and what changes, and asks."""
    version = to_edit(request, pk, seq)
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
        to=reverse("templates:template", args=[pk]),
        template="templates/publish.jinja",
        version=version,
        missing=what_is_missing(version),
        shown=text_fingerprint(version),
        comparison=changes_since(version),
        wrong=in_few_words(to_put_right(version), "place"),
        way=steps(version.template, version),
    )


def discard_version(request: HttpRequest, pk: int, seq: int) -> HttpResponse:
    """Says what discarding the draft means, and asks."""
    version = to_edit(request, pk, seq)
    if answer := no_longer_a_draft(request, version):
        return answer
    template, name = version.template, version.name
    template_page = reverse("templates:template", args=[pk])
    is_only_one = template.versions.count() == 1
    return save_form(
        request,
        posted(request, NoForm),
        lambda: discard_draft(by=acting_of(request), version=version),
        done=lambda alone: f"{name} is discarded.\n{_WENT if alone else _STAYS}",
        to=reverse("templates:template", args=[pk]),
        leads_to=lambda alone: reverse("templates:list") if alone else template_page,
        title="Discard this draft",
        caption=f"{template.name}, {in_sentence(name)}",
        lead=_ALL_GOES if is_only_one else _CHANGES_GO,
        button="Discard the draft",
        warning=True,
        way=steps(template, version),
        cancel=page_of(version),
    )


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
        self.terms_at = f"{self.page}#terms"
        self.add_url = reverse("templates:clause_add", args=[pk, seq])
        self.slots = [(slot.key, slot.each) for slot in version.typed_slots]
        self.sides = sides_of(version)

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


edit_clause, add_clause, move_clause, remove_clause, edit_terms = views_of(TemplateEditor)


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
