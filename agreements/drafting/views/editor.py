"""The pages on which a draft is edited, of an agreement or of a template: clauses, order, terms."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, Generic

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agreements.core.texts import bound_to
from agreements.drafting.forms.terms import TermsForm
from agreements.drafting.forms.text import ClauseForm, RemoveForm
from agreements.drafting.pages.clause import Preview, conflict_of
from agreements.drafting.services.clauses import C, D, EditedMeanwhile, Editing, terms_fingerprint
from agreements.models import ClauseText
from agreements.terms import Slot
from house.refusals import NotYours, Refused
from parties.acting import acting_of
from web.carrying_out import carried_out, show_refusal
from web.way import Steps

GONE = (
    "Somebody removed this clause while you were editing it. Your text is below: save it to add it "
    "as a new clause, or cancel."
)


class Editor(ABC, Generic[D, C]):
    """One draft in the hands of one reader. Each kind of draft says what is its own."""

    editing: Editing[D, C]
    clause_form: type[ClauseForm] = ClauseForm
    clause_page = "agreements/clause.jinja"
    clause_called = "Clause"
    # Said of the terms, and of a clause that is to be removed.
    terms_title: str
    terms_lead: str
    leaves: str
    stays: str
    removed: str

    # What the draft is part of; what it is called itself; its page, and that for another clause.
    title: str
    called: str
    page: str
    add_url: str
    way: Steps
    slots: list[Slot]

    def __init__(self, request: HttpRequest, version: D) -> None:
        self.request, self.version, self.by = request, version, acting_of(request)

    @property
    @abstractmethod
    def sides(self) -> Mapping[str, str]:
        """Slot -> what its side is called."""

    @abstractmethod
    def clause(self, key: str) -> C | None: ...

    @abstractmethod
    def ever_had(self, key: str) -> bool: ...

    @abstractmethod
    def as_text(self, clause: C) -> ClauseText: ...

    @abstractmethod
    def preview(self) -> Preview:
        """How the text that somebody typed will look."""

    def moved_on(self) -> HttpResponse | None:
        """For whoever opens a page of what is no draft now. What is sent, a service refuses."""
        if self.request.method == "POST" or self.version.is_draft:
            return None
        return redirect(self.page)

    def edit_clause(self, key: str) -> HttpResponse:
        """One clause. What somebody else saved meanwhile is shown beside one's own words."""
        clause = self.clause(key)
        if clause is None:
            return self._gone(key)
        if answer := self.moved_on():
            return answer
        if "keep_theirs" in self.request.POST:
            return self._back_to(key, "kept")
        form = self._form(clause)
        if "preview" in self.request.POST or not form.is_valid():
            return self._show(form, clause)
        edit_no, said = form.cleaned_data["edit_no"], form.changes()
        try:
            self.editing.edit_clause(by=self.by, clause=clause, edit_no=edit_no, **said)
        except EditedMeanwhile as meanwhile:
            theirs: Any = meanwhile.theirs
            conflict = conflict_of(self.as_text(theirs), theirs.last_editor, said, self.sides)
            return self._show(form.over(theirs.edit_no), clause, conflict=conflict)
        except Refused as refusal:
            show_refusal(form, refusal)
            return self._show(form, clause)
        return self._back_to(key, "saved")

    def add_clause(self) -> HttpResponse:
        """A new clause below another one (`?below=`), or at the end."""
        if answer := self.moved_on():
            return answer
        sent = self.request.POST
        below = self.clause(sent.get("below") or self.request.GET.get("below", ""))
        form = self._form()
        if "preview" in sent or not form.is_valid():
            return self._show(form, below=below)
        said = form.changes()
        try:
            made = self.editing.add_clause(by=self.by, version=self.version, after=below, **said)
        except Refused as refusal:
            show_refusal(form, refusal)
            return self._show(form, below=below)
        return self._back_to(made.key, "added")

    def move_clause(self, key: str) -> HttpResponse:
        """One place up or down; the page comes back where the clause is now."""
        clause = self.clause(key)
        if clause is None:
            raise Http404
        places = -1 if self.request.POST.get("way") == "up" else 1
        try:
            self.editing.move_clause(by=self.by, clause=clause, places=places)
        except NotYours:
            raise
        except Refused as refusal:
            messages.error(self.request, refusal.sentence)
            return redirect(self.page)
        return self._back_to(key, "moved")

    def remove_clause(self, key: str) -> HttpResponse:
        """Says what removing the clause means, and asks."""
        clause = self.clause(key)
        if clause is None:
            return self._gone(key)
        if answer := self.moved_on():
            return answer
        form = RemoveForm(self.request.POST or None, initial={"edit_no": clause.edit_no})

        def act(edit_no: int) -> None:
            self.editing.remove_clause(by=self.by, clause=clause, edit_no=edit_no)

        if carried_out(self.request, form, act):
            messages.success(self.request, self.removed.format(clause.heading))
            return redirect(self.page)
        if form.errors:
            form = form.over(clause.edit_no)
        return self._render("agreements/clause_remove.jinja", form=form, clause=clause)

    def edit_terms(self, *, done: str, to: str) -> HttpResponse:
        """The typed terms in plain boxes; `done` is said, on the page `to`, when they are saved."""
        if answer := self.moved_on():
            return answer
        sent, slots = self.request.POST, [(slot.key, slot.label) for slot in self.slots]
        form = TermsForm(self.version.typed_terms, slots, sent or None)
        shown = sent.get("shown", "")

        def save(**_: object) -> None:
            terms = form.terms()
            self.editing.edit_terms(by=self.by, version=self.version, terms=terms, shown=shown)

        if carried_out(self.request, form, save):
            messages.success(self.request, done)
            return redirect(to)
        now = terms_fingerprint(self.version)
        return self._render("agreements/terms.jinja", form=form, shown=now)

    def _form(self, clause: C | None = None) -> ClauseForm:
        text = self.as_text(clause) if clause else None
        return self.clause_form(self.request.POST or None, sides=self.sides, text=text)

    def _show(
        self, form: ClauseForm, clause: C | None = None, below: C | None = None, **more: Any
    ) -> HttpResponse:
        """The clause's page; `action` is where the form goes, if not to the page itself."""
        near = clause or below
        context = {
            "form": form,
            "clause": clause,
            "below": below,
            "bound": bound_to(self.as_text(clause)) if clause else "",
            "conflict": None,
            "action": "",
            "preview": self.preview() if "preview" in self.request.POST else None,
            "cancel": f"{self.page}#clause-{near.key}" if near else self.page,
        }
        return self._render(self.clause_page, **context | more)

    def _gone(self, key: str) -> HttpResponse:
        """The clause is not in the draft: what somebody typed meanwhile is not lost."""
        if not self.ever_had(key):
            raise Http404
        if "body" not in self.request.POST:
            messages.info(self.request, "This clause is not in the draft now.")
            return redirect(self.page)
        form = self._form()
        form.add_error(None, GONE)
        return self._show(form, action=self.add_url)

    def _back_to(self, key: str, done: str) -> HttpResponse:
        """The draft, where the clause is now, with a word for what was done to it."""
        return redirect(f"{self.page}?{done}={key}#clause-{key}")

    def _render(self, template: str, **context: Any) -> HttpResponse:
        return render(self.request, template, {"draft": self, "way": self.way, **context})
