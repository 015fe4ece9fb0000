"""The draft's page: the text, and what is still missing from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import starmap

from django.urls import reverse

from agreements.core.associated import ReadWith, read_with
from agreements.core.carrying import changes_asked, to_be_made
from agreements.core.parties import Vacancy, vacancies, vacant_in_words
from agreements.core.sides import parties_in, sides_called
from agreements.core.states import deciding_parties, nobody
from agreements.core.texts import blank_labels, next_label, numbers, texts_of
from agreements.drafting.blanks import MOST_NAMED, OpenBlank, missing_in, open_in, show_missing
from agreements.drafting.corrections import beyond_correction
from agreements.drafting.newer import SinceThen, since_then
from agreements.drafting.pages.document import ClauseOnPage, document, with_keepings
from agreements.drafting.pages.lacking import Gap, documents_and_seats
from agreements.drafting.pages.terms import TermInWords, terms_in_words
from agreements.drafting.typed_figures import figures_read, typed_against
from agreements.drafting.unprintable import unprintable_in
from agreements.drafting.wording import TermBlank, sides_of, term_blanks, worded, words_of
from agreements.models import ClauseText, Party, Version
from agreements.terms import ApprovalRoute
from nhsuk.components import Link
from nhsuk.words import and_list, in_title, plural
from parties.acting import Acting
from parties.models import Role
from parties.who import DRAFTERS


class EditedDraft:
    """A draft with its rows, read once (about fifteen queries, however many clauses)."""

    def __init__(self, version: Version, acting: Acting) -> None:
        self.version = version
        self.agreement = version.agreement
        self.acting = acting
        self.parties: list[Party] = parties_in(version)
        self.written = texts_of(version, "edited_by__person")
        self.texts = worded(self.written, words_of(version))
        self.labels = blank_labels(self.agreement, self.parties)

    @property
    def reference(self) -> str:
        return self.agreement.reference

    @property
    def others(self) -> str:
        own = self.acting.organisation_id
        return in_title([p.name for p in self.parties if p.organisation.pk != own])

    @property
    def sides(self) -> dict[str, str]:
        """What each side is called, by its slot."""
        return sides_called(self.parties)

    @property
    def changes_asked(self) -> Iterator[str]:
        """What parties asked to be changed before they approve."""
        return to_be_made(changes_asked(self.agreement))

    @property
    def next_label(self) -> str:
        return next_label(self.version)

    @property
    def recalled(self) -> Version | None:
        """The version that was recalled to make this draft."""
        before = self.version.based_on
        return before if before and before.withdrawn_because else None

    @property
    def in_force(self) -> Version | None:
        """The text that holds until all have signed the one that comes of this draft."""
        return self.agreement.in_force_version

    @cached_property
    def beyond_correction(self) -> list[str]:
        """What the draft of a correction changes that only a variation may."""
        return beyond_correction(self.version)

    @cached_property
    def since_then(self) -> SinceThen | None:
        """What became of its template."""
        return since_then(self.agreement, self.acting)

    @cached_property
    def may_edit(self) -> bool:
        """Whether the reader's role lets them change the text, while it still changes."""
        mine = any(p.organisation.pk == self.acting.organisation_id for p in self.parties)
        return mine and not self.agreement.is_over and DRAFTERS.includes(self.acting)

    @property
    def may_change(self) -> bool:
        """Whether they may change clauses and terms too; blanks are filled in all the same."""
        return self.may_edit and not self.agreement.has_fixed_text

    @cached_property
    def deciding(self) -> list[Party]:
        """The parties that approve the text before it is signed."""
        return deciding_parties(self.version)

    @property
    def to_freeze(self) -> str:
        """What freezing is called: where somebody approves, the text goes out to them at once."""
        if self.deciding:
            return f"Send {self.next_label} for approval"
        return f"Make this text version {self.next_label}"

    @property
    def routes(self) -> list[tuple[str, ApprovalRoute]]:
        """Each party with how it approves."""
        terms = self.version.typed_terms
        return [
            (party.name, route)
            for party in self.parties
            for route in terms.routes_of(party.slot) or [nobody(party.slot)]
        ]

    @property
    def may_freeze(self) -> bool:
        return self.may_edit and self.acting.has(Role.MANAGER)

    @cached_property
    def open_blanks(self) -> list[str]:
        return missing_in(part for text in self.texts for part in (text.heading, text.body))

    @cached_property
    def not_filled(self) -> list[OpenBlank]:
        """Every blank that is open, clause by clause: with one the text cannot be frozen."""
        return open_in(self.texts, self.labels)

    @property
    def wrong_blanks(self) -> list[OpenBlank]:
        """What is written like a blank and is none of this text."""
        return [each for each in self.not_filled if not each.is_known]

    @cached_property
    def typed_against(self) -> list[str]:
        """A sentence for each figure that a clause says otherwise than the terms."""
        terms, sides = self.version.typed_terms, sides_of(self.version)
        return typed_against(self.written, terms, sides)

    @property
    def figures_read(self) -> str:
        """What the page of freezing shows of terms and figures, for its form to bring back."""
        return figures_read(self.version, self.typed_against)

    @property
    def term_blanks(self) -> list[TermBlank]:
        return term_blanks(self.version.typed_terms, sides_of(self.version))

    @cached_property
    def gaps(self) -> list[Gap]:
        """What is missing or does not fit: blanks, clauses left for later, letters of the print,
        documents, levels and seats of committees, vacant roles."""
        gaps = [*self._blanks(), *self._wrong_blanks(), *self._left_for_later()]
        terms = self.version.typed_terms
        gaps += starmap(Gap, unprintable_in(self.agreement, self.parties, self.texts, terms))
        own = self.acting.organisation_id
        return [*gaps, *documents_and_seats(self.agreement, terms, own), *self._vacant()]

    def clauses(self, done: Mapping[str, str] | None = None) -> list[ClauseOnPage]:
        """The clauses for the page; `done` says what was just done: {"saved": key}."""
        return with_keepings(document(self.texts, self.labels, done), self.texts, self.sides)

    def terms(self) -> list[TermInWords]:
        names = {party.key: party.name for party in self.parties}
        return terms_in_words(self.version.typed_terms, self.sides, names)

    @cached_property
    def edits(self) -> dict[str, ClauseText]:
        """The clauses that somebody edited, by key."""
        return {text.key: text for text in self.texts if text.edited_at and text.edited_by}

    @property
    def last_edit(self) -> ClauseText | None:
        """The clause that somebody edited last, with who did it."""
        by_time = sorted(self.edits.values(), key=lambda text: str(text.edited_at))
        return by_time[-1] if by_time else None

    def changes_in(self, text: ClauseText) -> Link | None:
        """Leads to what was changed in the clause since the version that was recalled."""
        before = self.version.based_on
        if not (before and before.frozen_at and text.edited_at):
            return None
        page = reverse("agreements:compare", args=[self.reference, before.seq, self.version.seq])
        is_newer = text.edited_at > before.frozen_at
        name = f"Show changes since {before.name}"
        return Link(name, f"{page}#clause-{text.key}", "in this clause") if is_newer else None

    def _blanks(self) -> list[Gap]:
        known = [key for key in self.open_blanks if key in self.labels]
        if not known:
            return []
        names = and_list(self.labels[key] for key in known)
        are = "is" if len(known) == 1 else "are"
        blanks = plural(len(known), "blank")
        link = Link("Fill in", reverse("agreements:blanks", args=[self.reference]), "the blanks")
        return [Gap(f"{blanks} {are} not filled in: {names}.", link)]

    def _wrong_blanks(self) -> Iterator[Gap]:
        for wrong in self.wrong_blanks[:MOST_NAMED]:
            page = reverse("agreements:clause", args=[self.reference, wrong.clause.key])
            yield Gap(wrong.sentence, Link("Edit", page, wrong.called.lower()))
        if more := len(self.wrong_blanks[MOST_NAMED:]):
            yield Gap(f"The text has {plural(more, 'more blank')} like that.")

    def _left_for_later(self) -> Iterator[Gap]:
        for text, number in zip(self.texts, numbers(t.kind for t in self.texts), strict=True):
            if text.status == ClauseText.Status.TO_BE_DEFINED:
                heading = show_missing(text.heading, self.labels)
                page = reverse("agreements:clause", args=[self.reference, text.key])
                link = Link("Write it now", page, heading)
                yield Gap(f"{number} {heading} is left for a later version.", link)

    @cached_property
    def read_with(self) -> list[ReadWith]:
        """The documents that the text is read with, as the list stands today."""
        return read_with(self.version, {party.key: party.name for party in self.parties})

    def _vacant(self) -> Iterator[Gap]:
        """The own roles one by one; those of others, who name their own, by party."""
        found, own = vacancies(self.agreement), self.acting.organisation_id
        yield from (self._own(each) for each in found if each.party.organisation.pk == own)
        others = [each for each in found if each.party.organisation.pk != own]
        yield from (Gap(f"{said} They name their own.") for said in vacant_in_words(others))

    def _own(self, vacancy: Vacancy) -> Gap:
        page = reverse(
            "agreements:contact", args=[self.reference, vacancy.party.key, vacancy.role.key]
        )
        return Gap(vacancy.sentence, Link("Name somebody", page, f"as {vacancy.role.label}"))
