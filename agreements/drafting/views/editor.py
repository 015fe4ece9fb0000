"""The pages on which a draft is edited, of an agreement or of a template: clauses, order, terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from agreements.core.bindings import bound_to
from agreements.drafting.blanks import in_few_words, wrong_in
from agreements.drafting.forms.terms import part_of
from agreements.drafting.forms.text import ClauseForm
from agreements.drafting.pages.document import as_text, conflict_of, preview_of
from agreements.drafting.pages.terms_parts import parts_of_terms
from agreements.drafting.services.clauses import C, D, EditedMeanwhile, terms_fingerprint
from agreements.drafting.views.draft_in_hands import DraftInHands
from agreements.drafting.wording import worded
from agreements.models import ClauseKind, ClauseText
from house.keys import id_in
from house.refusals import Refused
from parties.url_rows import View
from web.carrying_out import NoForm, carried_out, over, posted, show_refusal, tried


class Editor(DraftInHands[D, C]):
    """What its reader does with the draft."""

    def gone(self, key: str) -> HttpResponse:
        """The clause is not in the draft: what somebody typed meanwhile is not lost."""
        if not self.ever_had(key):
            raise Http404
        if "body" not in self.request.POST:
            messages.info(self.request, "This clause is not in the draft now.")
            return redirect(self.page)
        form = self._form()
        form.add_error(
            None,
            "Somebody removed this clause while you were editing it. Your text is below: save it "
            "to add it as a new clause, or cancel.",
        )
        return self._show(form, action=self.add_url)

    def edit_clause(self, clause: C) -> HttpResponse:
        """One clause. What somebody else saved meanwhile is shown beside one's own words."""
        if "keep_theirs" in self.request.POST:
            return self._back_to(clause, "kept")
        form = self._form(clause)
        if "preview" in self.request.POST or not form.is_valid():
            return self._show(form, clause)
        edit_no, said = form.cleaned_data["edit_no"], form.changes()
        try:
            saved = self.editing.edit_clause(by=self.by, clause=clause, edit_no=edit_no, **said)
        except EditedMeanwhile as meanwhile:
            conflict = conflict_of(meanwhile.theirs, said, self.sides)
            return self._show(over(form, meanwhile.theirs.edit_no), clause, conflict=conflict)
        except Refused as refusal:
            show_refusal(form, refusal)
            return self._show(form, clause)
        self._warn_of_blanks(saved)
        return self._back_to(clause, "saved")

    def add_clause(self) -> HttpResponse:
        """A new clause below another one (`?below=`), or at the end."""
        sent = self.request.POST
        below = self.clause(sent.get("below") or self.request.GET.get("below", ""))
        form, made = self._form(), []

        def add(**_: object) -> None:
            said = form.changes()
            made.append(
                self.editing.add_clause(by=self.by, version=self.version, after=below, **said)
            )

        if "preview" in sent or not carried_out(self.request, form, add):
            return self._show(form, below=below)
        self._warn_of_blanks(made[0])
        return self._back_to(made[0], "added")

    def move_clause(self, clause: C) -> HttpResponse:
        """One place up or down; the page comes back where the clause is now."""
        places = -1 if self.request.POST.get("way") == "up" else 1

        def move() -> HttpResponse:
            self.editing.move_clause(by=self.by, clause=clause, places=places)
            return self._back_to(clause, "moved")

        return tried(self.request, move) or redirect(self.page)

    def remove_clause(self, clause: C) -> HttpResponse:
        """Says what removing the clause means, and asks."""
        form, shown = posted(self.request, NoForm), id_in(self.request.POST.get("edit_no", ""))
        edit_no = -1 if shown is None else shown

        def remove() -> None:
            self.editing.remove_clause(by=self.by, clause=clause, edit_no=edit_no)

        if carried_out(self.request, form, remove):
            messages.success(self.request, self.removed.format(clause.heading))
            return redirect(self.page)
        return self._render("agreements/clause_remove.jinja", form=form, clause=clause)

    def show_terms(self) -> HttpResponse:
        """What the terms say, with the ways to change it."""
        terms = self.version.typed_terms
        parts = parts_of_terms(terms, self.slots, self.sides, self.part_url, self.commissioning)
        return self._render("agreements/terms.jinja", parts=parts)

    def edit_terms(self, part: str) -> HttpResponse:
        """One page of the terms, in plain boxes."""
        terms, sent = self.version.typed_terms, self.request.POST or None
        duties = self._duties() if part.startswith("commitment") else ()
        form = part_of(part, terms, self.slots, sent, self.commissioning, duties)
        if form is None:
            raise Http404

        def save(**_: object) -> None:
            terms, shown = form.terms(), self.request.POST.get("shown", "")
            self.editing.edit_terms(by=self.by, version=self.version, terms=terms, shown=shown)

        if carried_out(self.request, form, save):
            messages.success(self.request, self.terms_saved)
            return redirect(self.terms_url)
        shown = terms_fingerprint(self.version)
        return self._render("agreements/terms_part.jinja", form=form, shown=shown)

    def _duties(self) -> list[tuple[str, str]]:
        """The clauses that can ask for something that is owed, by key and heading."""
        rows = self.editing.in_order(self.version)
        kinds = (ClauseKind.DUTY, ClauseKind.ROLE)
        return [(row.key, self.readable(row.heading)) for row in rows if row.kind in kinds]

    def _form(self, clause: C | None = None) -> ClauseForm:
        text, sent = as_text(clause) if clause else self._quoted, self.request.POST or None
        return self.clause_form(sent, sides=self.sides, text=text, words=self.words)

    @property
    def _quoted(self) -> ClauseText | None:
        """The words of the annex that the new clause is to quote (`?annex=`), in its boxes."""
        annex = self.annexes.get(self.request.GET.get("annex", ""))
        return ClauseText(kind=ClauseKind.PRINCIPLE, **annex.in_text) if annex else None

    def _show(
        self, form: ClauseForm, clause: C | None = None, below: C | None = None, **more: Any
    ) -> HttpResponse:
        """The clause's page; `action` is where the form goes, if not to the page itself."""
        typed = self.request.POST
        context = {"form": form, "clause": clause, "below": below, "conflict": None, "action": ""}
        return self._render(
            self.clause_page,
            **context | more,
            bound=bound_to(as_text(clause)) if clause else "What keeps this clause",
            preview=preview_of(typed, self.readable) if "preview" in typed else None,
        )

    def _warn_of_blanks(self, clause: C) -> None:
        """It is saved all the same: whoever writes may know only later what goes there."""
        [read] = worded([clause], self.words)
        if wrong := wrong_in(read, self.labels):
            messages.warning(self.request, in_few_words(wrong))

    def _back_to(self, clause: C, done: str) -> HttpResponse:
        """The draft, where the clause is now, with a word for what was done to it."""
        return redirect(f"{self.page}?{done}={clause.key}#clause-{clause.key}")


def views_of(editor: Callable[..., Editor[Any, Any]]) -> Iterator[View]:
    """For the addresses: to edit, add, move and remove a clause, to read and edit the terms."""

    def view_of(work: Callable[..., HttpResponse]) -> View:
        def view(
            request: HttpRequest, *, key: str = "", part: str = "", **names: Any
        ) -> HttpResponse:
            draft = editor(request, **names)
            if (answer := draft.moved_on()) or not key:
                return answer or (work(draft, part) if part else work(draft))
            clause = draft.clause(key)
            return work(draft, clause) if clause else draft.gone(key)

        return view

    works: tuple[View, ...] = (
        *(Editor.edit_clause, Editor.add_clause, Editor.move_clause),
        *(Editor.remove_clause, Editor.show_terms, Editor.edit_terms),
    )
    return map(view_of, works)
