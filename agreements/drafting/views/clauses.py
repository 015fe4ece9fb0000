"""An agreement's draft in the hands of its parties: its clauses, one page each, and its terms."""

from __future__ import annotations

from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from agreements.core.parties import parties_of
from agreements.core.reached import newest_of, page_of, steps
from agreements.core.texts import blank_labels
from agreements.drafting.pages.clause import Preview, preview_of
from agreements.drafting.services.editing import EDITING
from agreements.drafting.views.editor import Editor
from agreements.models import ClauseText, Party, Version


class DraftEditor(Editor[Version, ClauseText]):
    editing = EDITING
    called = "Draft"
    terms_title = "Terms"
    terms_lead = (
        "The terms are part of the text: they are approved and signed with it. Reminders and "
        "checks follow them."
    )
    leaves = "The clause leaves this draft, for every party."
    stays = "Earlier versions and the history keep its words."
    removed = "The clause “{}” was removed.\nIts history keeps its words."

    def __init__(self, request: HttpRequest, reference: str) -> None:
        version = newest_of(request, reference)
        super().__init__(request, version)
        self.agreement, self.title = version.agreement, version.agreement.title
        self.page, self.add_url = (
            page_of(version),
            reverse("agreements:clause_add", args=[reference]),
        )
        self.way = steps(version.agreement, version)
        self.slots = version.agreement.template_version.typed_slots

    @cached_property
    def parties(self) -> list[Party]:
        return parties_of(self.agreement)

    @property
    def sides(self) -> dict[str, str]:
        return {party.slot: party.name for party in self.parties}

    def clause(self, key: str) -> ClauseText | None:
        found = self.version.texts.select_related(
            "clause", "version__agreement", "edited_by__person"
        )
        return found.filter(clause__key=key).first()

    def ever_had(self, key: str) -> bool:
        return self.agreement.clauses.filter(key=key).exists()

    def as_text(self, clause: ClauseText) -> ClauseText:
        return clause

    def preview(self) -> Preview:
        return preview_of(self.request.POST, blank_labels(self.agreement, self.parties))


def edit(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    return DraftEditor(request, reference).edit_clause(key)


def add(request: HttpRequest, reference: str) -> HttpResponse:
    return DraftEditor(request, reference).add_clause()


def move(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    return DraftEditor(request, reference).move_clause(key)


def remove(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    return DraftEditor(request, reference).remove_clause(key)


def terms(request: HttpRequest, reference: str) -> HttpResponse:
    draft, done = (
        DraftEditor(request, reference),
        "The terms were saved.\nThe text shows them in words.",
    )
    return draft.edit_terms(done=done, to=reverse("agreements:text", args=[reference]))
