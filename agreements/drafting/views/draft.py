"""An agreement's draft in the hands of its parties: its text, blanks, clauses and terms."""

from __future__ import annotations

from functools import cached_property

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from agreements.core.parties import parties_of
from agreements.core.reached import newest_of, page_of, steps
from agreements.core.sides import sides_called
from agreements.core.texts import blank_labels
from agreements.drafting.blanks import fill, show_missing
from agreements.drafting.forms.text import BlanksForm
from agreements.drafting.pages.document import contents
from agreements.drafting.pages.draft import EditedDraft
from agreements.drafting.services.editing import EDITING, fill_blanks
from agreements.drafting.views.editor import Editor, views_of
from agreements.drafting.wording import sides_of
from agreements.models import ClauseText, Version
from nhsuk.components import IndexEntry
from nhsuk.words import plural
from parties.acting import acting_of
from web.carrying_out import carried_out


def draft(request: HttpRequest, reference: str) -> HttpResponse:
    """The draft as a document; while there is none, the newest version takes its place."""
    version = newest_of(request, reference)
    if not version.is_draft:
        return redirect(page_of(version))
    page = EditedDraft(version, acting_of(request))
    clauses = page.clauses(request.GET.dict())
    last = [IndexEntry("Associated documents", "read-with")] if page.read_with else []
    index = contents(clauses, IndexEntry("Terms", "terms"), *last)
    context = {"draft": page, "clauses": clauses, "index": index}
    return render(request, "agreements/draft.jinja", context | {"way": steps(version.agreement)})


def blanks(request: HttpRequest, reference: str) -> HttpResponse:
    """A box for each blank that is open in the text."""
    version = newest_of(request, reference)
    if request.method != "POST" and not version.is_draft:
        return redirect(page_of(version))
    page = EditedDraft(version, acting_of(request))
    hints = {b.key: b.hint for b in version.agreement.template_version.typed_blanks}
    form = BlanksForm(request.POST or None, keys=page.open_blanks, labels=page.labels, hints=hints)
    filled = [key for key in page.open_blanks if request.POST.get(key, "").strip()]

    def save(**values: str) -> None:
        fill_blanks(by=acting_of(request), version=version, values=values)

    if carried_out(request, form, save):
        left = len(page.open_blanks) - len(filled)
        are = "is" if left == 1 else "are"
        next_step = (
            f"{plural(left, 'blank')} {are} still open." if left else "Every box is filled in."
        )
        messages.success(request, f"{plural(len(filled), 'blank')} filled in.\n{next_step}")
        return redirect("agreements:text", reference)
    context = {"form": form, "draft": page, "way": steps(version.agreement, version)}
    return render(request, "agreements/blanks.jinja", context)


class DraftEditor(Editor[Version, ClauseText]):
    editing = EDITING
    called = "Draft"
    terms_title = "Terms"
    terms_lead = (
        "The terms are part of the text: they are approved and signed with it. Reminders and "
        "checks follow them."
    )
    terms_saved = "The terms were saved.\nThe text shows them in words."
    leaves = "The clause leaves this draft, for every party."
    stays = "Earlier versions and the history keep its words."
    removed = "The clause “{}” was removed.\nIts history keeps its words."

    def __init__(self, request: HttpRequest, reference: str) -> None:
        version = newest_of(request, reference)
        super().__init__(request, version)
        self.agreement, self.title = version.agreement, version.agreement.full_title
        self.page = page_of(version)
        self.terms_url = reverse("agreements:terms", args=[reference])
        self.add_url = reverse("agreements:clause_add", args=[reference])
        self.way = steps(version.agreement, version)
        slots = version.agreement.template_version.typed_slots
        self.slots = [(slot.key, slot.each) for slot in slots]
        self.parties = parties_of(self.agreement)
        self.sides = sides_called(self.parties)
        at_levels = {slot.key for slot in slots if slot.commissions}
        self.commissioning = [(p.key, p.name) for p in self.parties if p.slot in at_levels]

    def part_url(self, part: str) -> str:
        return reverse("agreements:terms_part", args=[self.agreement.reference, part])

    def clause(self, key: str) -> ClauseText | None:
        found = self.version.texts.select_related(
            "clause", "version__agreement", "edited_by__person"
        )
        return found.filter(clause__key=key).first()

    def ever_had(self, key: str) -> bool:
        return self.agreement.clauses.filter(key=key).exists()

    @property
    def called_in_text(self) -> dict[str, str]:
        return sides_of(self.version)

    @cached_property
    def labels(self) -> dict[str, str]:
        return blank_labels(self.agreement, self.parties)

    def readable(self, text: str) -> str:
        return show_missing(fill(text, self.words), self.labels)


edit_clause, add_clause, move_clause, remove_clause, show_terms, edit_terms = views_of(DraftEditor)
