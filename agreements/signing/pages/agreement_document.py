"""The agreement as a document: what its printed template needs, from a version's rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cached_property

from django.conf import settings
from django.db.models import prefetch_related_objects

from agreements.core.associated import ReadWith, read_with
from agreements.core.parties import contacts_in
from agreements.core.sides import names_in, parties_in, sides_called
from agreements.core.states import ApprovalStanding, standings
from agreements.core.texts import blank_labels
from agreements.drafting.pages.document import ClauseOnPage, document
from agreements.drafting.pages.terms import TermInWords, terms_in_words
from agreements.drafting.wording import wording_of
from agreements.models import Approval, KeyContact, Party, Signature, Version
from agreements.reviews.queries import first_date_of_review
from agreements.signing.pages.changed import Changed, text_before
from agreements.terms import end_in_words, review_in_words
from audit.models import Link
from house.clock import london_day
from nhsuk.dates import day
from nhsuk.words import and_list, capital, in_title

# What is printed of a decision, and of the one on which a confirmation rests.
_WITH_APPROVALS = (
    "delegated_to",
    "recorded_by__person",
    "rests_on__version",
    "rests_on__delegated_to",
    "rests_on__recorded_by__person",
)


MOST_FRAMES = 6


class AgreementDocument:
    """One version of one agreement, ready to print. Reads its rows once (about ten queries)."""

    def __init__(self, version: Version, *, at: datetime) -> None:
        self.source = version
        self.at = at
        self.agreement = version.agreement
        self.terms = version.typed_terms
        self.parties = parties_in(version)
        self.names = names_in(version)
        self.standings: list[ApprovalStanding] = standings(
            version, self.parties, version.approvals.select_related(*_WITH_APPROVALS)
        )
        self.requests = list(version.signature_requests.live().select_related("person", "party"))

    @property
    def reference(self) -> str:
        return self.agreement.reference

    @property
    def title(self) -> str:
        return self.agreement.title

    @property
    def full_title(self) -> str:
        """What tells the file apart: "Working together: A and B, MOU-0001"."""
        return f"{self.title}: {in_title(list(self.names.values()))}, {self.reference}"

    @property
    def between(self) -> str:
        """All of them, on one line: of many the cover has no line for each."""
        return and_list(self.names.values())

    @property
    def has_many_parties(self) -> bool:
        """Whether tables say of the parties what else has a frame for each."""
        return len(self.parties) > MOST_FRAMES

    @property
    def is_signed(self) -> bool:
        return self.source.is_complete

    @property
    def status(self) -> str:
        """A word for a document that is not the signed copy."""
        return "" if self.is_signed else f"{self.source.get_state_display()}, not signed"

    @property
    def made_at(self) -> str:
        """For the file's own dates: UTC, to the second."""
        return self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def version(self) -> str:
        """As it stands in the header: "Version 1.0, formerly 0.3"; the status says "Draft"."""
        return "" if self.source.has_no_number else f"Version {self.label}"

    @property
    def label(self) -> str:
        """The same beside the word "Version"."""
        if self.source.has_no_number:
            return "Draft"
        was = self.source.formerly.lower()
        return f"{self.source.label}, {was}" if was else self.source.label

    @cached_property
    def changed(self) -> Changed | None:
        """What it changes of the text before it; None of a first text."""
        before = text_before(self.source)
        return Changed(before, self.source) if before else None

    @property
    def replacing(self) -> Iterator[tuple[str, str]]:
        """Which text it takes the place of, and from when; nothing of a first text."""
        if self.changed:
            since = day(self.source.holds_from)
            yield "This version in force from", since or "The day of the last signature"
            yield "In place of", f"Version {self.changed.before.label}"

    @property
    def start_on(self) -> str:
        return day(self.agreement.start_on) or "The day of the last signature"

    @property
    def effective_on(self) -> str:
        """Empty where it starts with the last signature."""
        return day(self.agreement.effective_on or self.terms.period.starts_on)

    @property
    def ends(self) -> str:
        """Empty where no end is said."""
        return capital(end_in_words(self.terms.period).removeprefix("on "))

    @cached_property
    def review_on(self) -> str:
        """Empty where the text says nothing of a review and no date of it is set."""
        term, first = self.terms.review, first_date_of_review(self.agreement)
        is_as_said = term and (term.in_month or term.within) and first == term.fixed_on
        if term is None or (first and not is_as_said):
            return day(first)
        return capital(review_in_words(term, self.terms.period))

    def address_of(self, party: Party) -> list[str]:
        prefetch_related_objects([each.organisation for each in self.parties], "names")
        on = self.agreement.start_on or london_day(self.at)
        held = [name for name in party.organisation.names.all() if name.holds_on(on)]
        return held[-1].address.splitlines() if held else []

    @cached_property
    def clauses(self) -> list[ClauseOnPage]:
        return document(wording_of(self.source), blank_labels(self.agreement, self.parties))

    def terms_in_words(self) -> list[TermInWords]:
        return terms_in_words(self.terms, sides_called(self.parties, self.names), self.names)

    @cached_property
    def read_with(self) -> list[ReadWith]:
        """The documents that the text is read with (B03)."""
        return read_with(self.source, self.names)

    @cached_property
    def numbered(self) -> list[Version]:
        """The amendment history (C01): the numbered versions up to this one, with their authors."""
        numbered = self.agreement.versions.exclude(label="").filter(seq__lte=self.source.seq)
        authors = numbered.select_related("author__person", "author_organisation")
        return list(authors.prefetch_related("author_organisation__names"))

    def words_of(self, standing: ApprovalStanding) -> str:
        """How the approval stands. Only what is signed before it has one that is to be ratified."""
        signed = self.is_signed or any(party == standing.party.pk for party, _ in self.given)
        return standing.in_words if signed else standing.so_far

    def decisions_of(self, standing: ApprovalStanding) -> Iterator[tuple[str, Approval]]:
        """What a party decided, the latest first, each with what stands beside the party's name:
        nothing, "before", or the earlier version that it was about."""
        for approval in reversed(standing.approvals):
            yield "" if approval == standing.latest else ", before", approval
            if rests_on := approval.rests_on:
                yield f", on version {rests_on.version.label_before_signature}", rests_on

    @cached_property
    def held(self) -> dict[tuple[int, str], KeyContact]:
        """Who holds which role today, by party and role."""
        return contacts_in(party.pk for party in self.parties)

    @property
    def contacts_in_one_table(self) -> bool:
        """Of many parties; and where one has one contact alone: its table would be all heads."""
        return self.has_many_parties or any(
            len(self.terms.contact_roles_of(party.slot)) == 1 for party in self.parties
        )

    @cached_property
    def given(self) -> dict[tuple[int, str], Signature]:
        """The signatures under this version, by party and signatory."""
        given = Signature.objects.standing().filter(request__in=self.requests)
        rows = given.select_related("request__person", "paper", "user").order_by("request_id")
        return {(each.request.party_id, each.request.slot): each for each in rows}

    def signatures(self) -> Iterator[tuple[ApprovalStanding, str, str, str, Signature | None]]:
        """For each that the terms ask for: its party, title, name, in whose place a deputy signs by
        what authority, and the signature once given."""
        asked = {(request.party_id, request.slot): request for request in self.requests}
        for standing in self.standings:
            for signatory in self.terms.signatories_of(standing.party.slot):
                place = (standing.party.pk, signatory.key)
                given, who = self.given.get(place), asked.get(place)
                name = who.person.name if who else ""
                if given:
                    yield standing, signatory.label, given.signer, given.for_whom, given
                else:
                    yield standing, signatory.label, name, who.for_whom if who else "", None

    @cached_property
    def audit_head(self) -> Link | None:
        """The newest link of the audit; None of a copy that is not signed, which proves nothing."""
        return Link.objects.order_by("-seq").first() if self.is_signed else None

    @property
    def verify_url(self) -> str:
        return f"{settings.SITE_URL}/verify/"
