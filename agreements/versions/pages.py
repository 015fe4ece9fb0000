"""A numbered version's page: its text, where it stands, and what came before it."""

from __future__ import annotations

from functools import cached_property

from django.urls import reverse

from agreements.core.approval import Standing, standings
from agreements.core.content import texts_of
from agreements.core.parties import parties_of
from agreements.core.situations import Situation, situation_of_version
from agreements.core.states import version_tag
from agreements.core.words import blank_labels
from agreements.drafting.pages.compare import Comparison
from agreements.drafting.pages.document import ClauseOnPage, contents, document
from agreements.drafting.pages.terms import TermInWords, terms_in_words
from agreements.models import SignatureRequest, Version
from agreements.versions.pages.rows import approval_row, signature_note, signature_row
from nhsuk.components import Cell, IndexEntry, Tag
from nhsuk.dates import day
from nhsuk.words import and_list
from parties.acting import Acting
from parties.models import Role


class VersionPage:
    """One numbered version with its rows, read once (about twenty queries)."""

    def __init__(self, version: Version, acting: Acting) -> None:
        self.version = version
        self.agreement = version.agreement
        self.acting = acting
        self.parties = parties_of(self.agreement)
        # As they were called when the text was frozen: that is what the parties sign.
        self.names = {each["slot"]: each["name"] for each in version.party_names}

    @property
    def tag(self) -> Tag:
        return version_tag(self.version.state)

    @property
    def between(self) -> str:
        return and_list(self.names[party.slot] for party in self.parties)

    @cached_property
    def side(self) -> str:
        """The slot that the reader's organisation holds; empty for a former party."""
        own = (p for p in self.parties if p.organisation.pk == self.acting.organisation_id)
        return next((party.slot for party in own), "")

    @cached_property
    def is_manager(self) -> bool:
        return bool(self.side) and self.acting.has(Role.MANAGER)

    @property
    def is_in_force(self) -> bool:
        return self.agreement.in_force_version_id == self.version.pk

    @cached_property
    def clauses(self) -> list[ClauseOnPage]:
        return document(texts_of(self.version), blank_labels(self.agreement, self.parties))

    @property
    def index(self) -> list[IndexEntry]:
        first = [IndexEntry("What is next", "next")]
        if not self.agreement.is_registered:
            first += [IndexEntry("Approvals", "approvals"), IndexEntry("Signatures", "signatures")]
        first.append(IndexEntry("Amendment history", "history"))
        return [*first, *contents(self.clauses, IndexEntry("Terms", "terms"))]

    @property
    def terms(self) -> list[TermInWords]:
        return terms_in_words(self.version.typed_terms, self.names)

    @cached_property
    def situation(self) -> Situation:
        return situation_of_version(self.version)

    @cached_property
    def standings(self) -> list[Standing]:
        given = [a for a in self.situation.approvals if a.version_id == self.version.pk]
        return standings(self.version, self.parties, given)

    @cached_property
    def requests(self) -> list[SignatureRequest]:
        found = list(self.version.signature_requests.select_related("person", "signature"))
        by_id = {party.pk: party for party in self.parties}
        for request in found:
            # With their organisations at hand, so that no row asks for its own.
            request.party, request.version = by_id[request.party_id], self.version
        return found

    @cached_property
    def before(self) -> Version | None:
        """The numbered version before this one."""
        earlier = self.agreement.versions.exclude(label="").filter(seq__lt=self.version.seq)
        return earlier.order_by("-seq").first()

    @cached_property
    def comparison(self) -> Comparison | None:
        return Comparison(self.before, self.version) if self.before else None

    def compare_url(self, older: Version) -> str:
        return reverse(
            "agreements:compare", args=[self.agreement.reference, older.seq, self.version.seq]
        )

    @property
    def approval_rows(self) -> list[list[Cell]]:
        return [approval_row(self.names[s.party.slot], s) for s in self.standings]

    @property
    def signature_rows(self) -> list[list[Cell]]:
        """One for each signature that the terms ask for, asked for or not."""
        asked = {(request.party_id, request.slot): request for request in self.requests}
        terms = self.version.typed_terms
        return [
            signature_row(
                self.names[s.party.slot],
                signatory.label,
                asked.get((s.party.pk, signatory.key)),
            )
            for s in self.standings
            for signatory in terms.signatories_of(s.party.slot)
        ]

    @property
    def signature_notes(self) -> list[str]:
        approved = {s.party.pk: s.is_given for s in self.standings}
        notes = (
            signature_note(self.names[r.party.slot], r, approved=approved[r.party_id])
            for r in self.requests
        )
        return [note for note in notes if note]

    @property
    def history_rows(self) -> list[list[Cell]]:
        """The amendment history (C01): label, date, author, what changed."""
        numbered = (
            self.agreement.versions.exclude(label="")
            .select_related("author__person", "author_organisation")
            .prefetch_related("author_organisation__names")
        )
        return [self._history_row(version) for version in numbered.order_by("-seq")]

    def _history_row(self, version: Version) -> list[Cell]:
        page = reverse("agreements:version", args=[self.agreement.reference, version.seq])
        before = version.label_before_signature
        was = f"Approved as {before}" if before and before != version.label else ""
        here = version.pk == self.version.pk
        return [
            Cell(f"Version {version.label}", "" if here else page, under=was),
            Cell(day(version.frozen_at)),
            Cell(str(version.author), under=version.author_organisation.name),
            Cell(version.summary, tag=version_tag(version.state)),
        ]
