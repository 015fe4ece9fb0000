"""A draft, of an agreement or of a template, as its reader has it on the pages that edit it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, Generic

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agreements.drafting.blanks import written_as
from agreements.drafting.forms.text import ClauseForm
from agreements.drafting.services.clauses import C, D, Editing
from agreements.drafting.wording import TermBlank, term_blanks
from agreements.library import Annex, annexes
from agreements.terms import in_words
from parties.acting import acting_of
from web.way import Steps


class DraftInHands(ABC, Generic[D, C]):
    """One draft in the hands of one reader. Each kind of draft says what is its own."""

    editing: Editing[D, C]
    clause_form: type[ClauseForm] = ClauseForm
    clause_page = "agreements/clause.jinja"
    clause_called = "Clause"
    # Said of the terms, and of a clause that is to be removed.
    terms_title: str
    terms_lead: str
    terms_saved: str
    leaves: str
    stays: str
    removed: str
    # What the draft is part of; what it is called itself; its page, that of the terms, and that
    # for another clause.
    title: str
    called: str
    page: str
    terms_url: str
    add_url: str
    way: Steps
    # The sides as the text calls them, and as whoever takes them is called.
    slots: list[tuple[str, str]]
    sides: Mapping[str, str]
    # Who commissions at a level of its own: a template's sides are nobody yet.
    commissioning: list[tuple[str, str]] = []

    def __init__(self, request: HttpRequest, version: D) -> None:
        self.request, self.version, self.by = request, version, acting_of(request)

    @abstractmethod
    def clause(self, key: str) -> C | None: ...

    @abstractmethod
    def ever_had(self, key: str) -> bool: ...

    @abstractmethod
    def part_url(self, part: str) -> str:
        """The address of a page of the terms."""

    @property
    @abstractmethod
    def labels(self) -> Mapping[str, str]:
        """What each blank of the text asks for, by its key."""

    @property
    def blanks(self) -> list[tuple[str, str]]:
        """How each blank is written, and what goes there."""
        return [(written_as(key), label) for key, label in self.labels.items()]

    @property
    def called_in_text(self) -> Mapping[str, str]:
        """What the words of the terms call the sides."""
        return dict(self.slots)

    @property
    def words(self) -> dict[str, str]:
        """What the blanks for terms print now."""
        return in_words(self.version.typed_terms, self.called_in_text)

    @property
    def term_blanks(self) -> list[TermBlank]:
        return term_blanks(self.version.typed_terms, self.called_in_text)

    @property
    def annexes(self) -> Mapping[str, Annex]:
        """What comes with the portal to be quoted, by key."""
        return annexes()

    @abstractmethod
    def readable(self, text: str) -> str:
        """The text with its blanks as whoever reads the draft sees them."""

    def moved_on(self) -> HttpResponse | None:
        """For whoever opens a page of what is no draft now. What is sent, a service refuses."""
        if self.request.method == "POST" or self.version.is_draft:
            return None
        return redirect(self.page)

    def _render(self, template: str, **context: Any) -> HttpResponse:
        return render(self.request, template, {"draft": self, "way": self.way, **context})
