"""The PDF of an agreement as it stood on a day: the document of its text, marked as such (X02)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from django.template.loader import render_to_string

from agreements.core.associated import ReadWith
from agreements.drafting.pages.document import ClauseOnPage
from agreements.drafting.pages.terms import TermInWords
from agreements.models import KeyContact, Party
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.stood.pages import StoodPage
from documents.limited import BUSY
from documents.places import NoPlace, thread_for_files
from documents.rendering import RenderingFailed, render
from house import clock
from nhsuk.dates import day


class StoodDocument(AgreementDocument):
    """The text of that day with the parties, contacts and dates of that day."""

    def __init__(self, page: StoodPage, *, at: datetime) -> None:
        assert page.text  # noqa: S101 - every agreement was made with its first draft
        self.page, self.source, self.at = page, page.text, at
        self.agreement, self.terms = page.agreement, page.terms_with_end
        self.parties = page.parties
        self.names = {party.key: party.name for party in page.parties}

    @property
    def status(self) -> str:
        return self.page.heading

    @property
    def mark(self) -> str:
        """What tells it from the signed copy, under its title."""
        return f"Made on {day(self.at)}; not a signed copy"

    @property
    def changed(self) -> None:
        """What a text changes stands in its own copy."""
        return None

    @property
    def start_on(self) -> str:
        """Before signature no day is promised: it says what was known then."""
        return day(self.agreement.start_on) or "Not signed then"

    @cached_property
    def review_on(self) -> str:
        return day(self.agreement.review_on)

    @cached_property
    def clauses(self) -> list[ClauseOnPage]:
        return self.page.clauses

    def terms_in_words(self) -> list[TermInWords]:
        return self.page.terms

    @cached_property
    def read_with(self) -> list[ReadWith]:
        """As a numbered text has them; the list of a draft is that of now, and not of that day."""
        return self.page.read_with

    def address_of(self, party: Party) -> list[str]:
        return self.page.reading.addresses[party.pk].splitlines()

    @cached_property
    def held(self) -> Mapping[tuple[int, str], KeyContact]:  # type: ignore[override]
        return self.page.reading.held


def build_stood_copy(page: StoodPage) -> bytes:
    """The PDF, printed anew each time: it says when it was made. Raises RenderingFailed."""
    try:
        with thread_for_files():
            document = StoodDocument(page, at=clock.now())
            context = {"document": document, "page": page, "dated": True}
            return render(render_to_string("agreements/stood_document.jinja", context))
    except NoPlace:
        raise RenderingFailed(BUSY, passing=True) from None
