"""An agreement as it stood at the end of a day, for one reader: on its page, and in print (X02)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property

from django.urls import reverse

from agreements.core.associated import ReadWith, read_with
from agreements.core.left_open import open_on
from agreements.core.parties import parties_of
from agreements.core.sides import names_in, sides_called
from agreements.core.state_in_words import ends_in_words, state_sentence
from agreements.core.states import agreement_tag, version_tag
from agreements.drafting.pages.document import ClauseOnPage, contents
from agreements.drafting.pages.terms import TermInWords, terms_in_words
from agreements.models import Agreement, KeyContact, Party, Version
from agreements.page.sections import date_rows
from agreements.stood.differences import differences, roles_of
from agreements.stood.reading import Reading
from agreements.stood.record import Record
from agreements.stood.texts import clauses_on, with_end
from agreements.terms import ContactRole, Terms
from agreements.versions.notes import terms_said
from deadlines.holidays import bank_holidays
from house import clock
from house.answers import OpenThings
from house.clock import end_of
from nhsuk.components import IndexEntry, Tag
from nhsuk.dates import day
from nhsuk.words import in_title
from parties.acting import Acting


class StoodPage:
    """One agreement at the end of one London day. `as_known` reads the day by what is known now."""

    def __init__(
        self, agreement: Agreement, acting: Acting, on: date, *, as_known: bool = False
    ) -> None:
        self.source, self.acting, self.on = agreement, acting, on
        self.record = Record(agreement, on)
        self.is_before_record = self.record.is_before_record
        self.as_known = as_known or self.is_before_record

    @cached_property
    def reading(self) -> Reading:
        return self.record.now if self.as_known else self.record.then

    @property
    def agreement(self) -> Agreement:
        return self.reading.agreement

    @property
    def heading(self) -> str:
        return f"As it stood on {day(self.on)}"

    @property
    def between(self) -> str:
        return in_title([party.name for party in self.parties])

    # --- What counts, and what is known by now

    @property
    def what_counts(self) -> str:
        """By what the day is read, in a sentence or two."""
        if self.is_before_record:
            made = day(self.source.created_at)
            return (
                f"The portal did not hold this agreement on that day: it was registered on {made}. "
                "This is what the registration says of that day, as known now. Key contacts are "
                "known from the day on which they were named here."
            )
        if self.as_known:
            return (
                "This is how things stood at the end of that day in London, as known now: what was "
                "put right since is read as put right."
            )
        more = " It can still change today." if self.on == clock.today() else ""
        return f"This is what the record held at the end of that day in London.{more}"

    @cached_property
    def put_right(self) -> list[str]:
        """What the record holds otherwise by now; nothing of a day of which it held nothing."""
        return [] if self.is_before_record else differences(self.record.then, self.record.now)

    @property
    def other_way(self) -> str:
        """The address of the other reading."""
        here = reverse("agreements:stood", args=[self.source.reference, self.on.isoformat()])
        return here if self.as_known else f"{here}?known=now"

    @property
    def pdf(self) -> str:
        url = reverse("agreements:stood_pdf", args=[self.source.reference, self.on.isoformat()])
        return f"{url}?known=now" if self.as_known and not self.is_before_record else url

    # --- How it stood

    @property
    def tag(self) -> Tag:
        return agreement_tag(self.agreement.state)

    @property
    def state(self) -> str:
        """The sentence of every page, said as of that day."""
        said = state_sentence(self.agreement, self.text, (), self.on, bank_holidays())
        if not self.agreement.takes_acts or self.agreement.noticed_end_on or self.text is None:
            return said
        ends = ends_in_words(self.agreement, self.text.typed_terms, self.on)
        return f"{said} {ends}".strip()

    @property
    def dates(self) -> list[tuple[str, str]]:
        if self.text is None:
            return []
        return list(date_rows(self.agreement, self.terms_with_end, self.on, bank_holidays()))

    @property
    def terms_with_end(self) -> Terms:
        return with_end(self._terms_said, self.agreement.last_day)

    @property
    def parties(self) -> list[Party]:
        return parties_of(self.agreement)

    def in_text(self, party: Party) -> str:
        """What the text calls the party, where that is another name than it had that day."""
        called = self.names.get(party.key, party.name)
        return "" if called == party.name else called

    @cached_property
    def names(self) -> dict[str, str]:
        return names_in(self.text) if self.text else {}

    @property
    def contacts(self) -> Iterator[tuple[Party, ContactRole, KeyContact | None]]:
        """Each role of the terms of that day, with who held it."""
        for party, role in roles_of(self.reading):
            yield party, role, self.reading.held.get((party.pk, role.key))

    @cached_property
    def open_things(self) -> list[OpenThings]:
        """What was open, as the rooms know it and the reader may see it now."""
        return open_on(self.agreement, self.on, self.acting)

    # --- Its text

    @property
    def text(self) -> Version | None:
        return self.reading.version

    @property
    def text_called(self) -> str:
        if self.text is None:
            return ""
        return "The draft" if self.text.is_draft else f"Version {self.text.label}"

    @property
    def text_tag(self) -> Tag | None:
        return version_tag(self.text.state) if self.text else None

    @property
    def beside(self) -> str:
        """That another text was being prepared; empty where none was."""
        other = self.reading.next_version
        if other is None:
            return ""
        called = f"version {other.label}" if other.label else "a draft"
        return f"Another text was being prepared beside it: {called}."

    @cached_property
    def clauses(self) -> list[ClauseOnPage]:
        return clauses_on(self.text, self._end) if self.text else []

    @property
    def terms(self) -> list[TermInWords]:
        if self.text is None:
            return []
        return terms_in_words(self._terms_said, sides_called(self.parties, self.names), self.names)

    @cached_property
    def _terms_said(self) -> Terms:
        assert self.text  # noqa: S101 - asked for where there is one
        return terms_said(self.agreement, self.text.typed_terms)

    @property
    def read_with(self) -> list[ReadWith]:
        """The documents that a numbered text is read with, as they stood when it got its number."""
        return [] if self.text is None or self.text.is_draft else read_with(self.text, self.names)

    @property
    def _end(self) -> datetime:
        return self.record.recorded_at if self.is_before_record else end_of(self.on)

    @property
    def index(self) -> list[IndexEntry]:
        first = {"state": "How it stood", "contacts": "Key contacts", "open": "What was open"}
        found = [IndexEntry(heading, anchor) for anchor, heading in first.items()]
        return [*found, *contents(self.clauses), IndexEntry("Terms", "terms")]
