"""A numbered version's page: its text, where it stands, and what came before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property

from agreements.core.associated import ReadWith, read_with
from agreements.core.sides import former_in_words, names_in, parties_in, sides_called
from agreements.core.situations import Situation, situation_of_version
from agreements.core.states import ApprovalStanding, version_tag
from agreements.core.steps import NextStep, own_first
from agreements.core.texts import blank_labels, texts_of
from agreements.drafting.pages.compare import VersionComparison
from agreements.drafting.pages.document import ClauseOnPage, contents, document
from agreements.drafting.pages.terms import TermInWords, terms_in_words
from agreements.drafting.typed_figures import typed_against
from agreements.drafting.wording import wording_of
from agreements.emails.pages import links_to
from agreements.models import SignatureRequest, Version
from agreements.terms import ApprovalRoute
from agreements.versions.notes import (
    Warned,
    early_signatures,
    terms_said,
    warnings_in,
    withdrawn,
)
from agreements.versions.rows import ApprovalRow, SignatureRow, signature_rows
from agreements.versions.stages import Stages
from agreements.versions.waiting import steps_of_version
from nhsuk.components import IndexEntry, RailStep, Tag
from nhsuk.dates import day
from nhsuk.words import capital, in_title
from parties.acting import Acting
from parties.models import Role


class VersionPage:
    """One numbered version with its rows, read once (about twenty queries)."""

    def __init__(self, version: Version, acting: Acting) -> None:
        self.version = version
        self.agreement = version.agreement
        self.acting = acting
        self.parties = parties_in(version)
        # As they were called when the text was frozen: that is what the parties sign.
        self.names = names_in(version)

    @property
    def tag(self) -> Tag:
        return version_tag(self.version.state)

    @property
    def name(self) -> str:
        """ "Version 1.0", "A draft that was given up"."""
        return capital(self.version.name)

    @property
    def between(self) -> str:
        """Above the heading: of many the first; the text names them all."""
        names = [self.names[party.key] for party in self.parties]
        return in_title(names)

    @property
    def former(self) -> Iterator[str]:
        """Whose place another party took since: the text has the names of its day."""
        return former_in_words(self.agreement)

    @cached_property
    def side(self) -> str:
        """The key of the party that the reader's organisation is; empty for a former party."""
        own = (p for p in self.parties if p.organisation.pk == self.acting.organisation_id)
        return next((party.key for party in own), "")

    @cached_property
    def is_manager(self) -> bool:
        return bool(self.side) and self.acting.has(Role.MANAGER)

    @property
    def is_in_force(self) -> bool:
        return self.agreement.in_force_version_id == self.version.pk

    @cached_property
    def clauses(self) -> list[ClauseOnPage]:
        return document(wording_of(self.version), blank_labels(self.agreement, self.parties))

    @property
    def index(self) -> list[IndexEntry]:
        last = [IndexEntry("Terms", "terms")]
        if self.version.associated_documents:
            last.append(IndexEntry("Associated documents", "read-with"))
        if not self.agreement.is_registered:
            last.append(IndexEntry("Where it stands", "standing"))
        return contents(self.clauses, *last, IndexEntry("What changed", "history"))

    @cached_property
    def typed_against(self) -> list[str]:
        """What the clauses say otherwise than the terms, for whoever is still to agree to it."""
        if not self.version.is_under_way:
            return []
        terms, sides = self.version.typed_terms, {p.slot: p.called for p in self.parties}
        return typed_against(texts_of(self.version), terms, sides)

    @property
    def terms(self) -> list[TermInWords]:
        terms = terms_said(self.agreement, self.version.typed_terms)
        return terms_in_words(terms, sides_called(self.parties, self.names), self.names)

    @property
    def read_with(self) -> list[ReadWith]:
        """The documents that the text is read with, as they stood when it got its number."""
        return read_with(self.version, self.names)

    @cached_property
    def situation(self) -> Situation:
        return situation_of_version(self.version)

    @cached_property
    def standings(self) -> list[ApprovalStanding]:
        return self.situation.standings

    @property
    def routes(self) -> list[tuple[str, ApprovalRoute]]:
        """Each party with how it approves."""
        return [
            (self.names[row.party.key], each.route) for row in self.standings for each in row.each
        ]

    @cached_property
    def requests(self) -> list[SignatureRequest]:
        found = self.situation.requests
        if self.version.state == Version.State.WITHDRAWN:
            # Those that the recall made void.
            void = self.version.signature_requests.filter(state="void")
            found = list(void.select_related("person", "signature"))
        by_id = {party.pk: party for party in self.parties}
        for request in found:
            # With their organisations at hand, so that no row asks for its own.
            request.party, request.version = by_id[request.party_id], self.version
        return found

    @property
    def stages(self) -> list[RailStep]:
        approvals = [
            ApprovalRow(self.names[row.party.key], each)
            for row in self.standings
            for each in row.each
        ]
        decided = [row.latest for row in approvals if row.latest]
        for each in decided:
            each.version = self.version
        emails = links_to("approval", decided, self.acting)
        return Stages(self.version, approvals, [row for _, row in self.asked], emails).steps

    @cached_property
    def asked(self) -> list[tuple[ApprovalStanding, SignatureRow]]:
        """The signatures that the terms ask for, each with its party's approval."""
        return signature_rows(self.version, self.standings, self.requests, self.names)

    @property
    def warnings(self) -> list[Warned]:
        return list(warnings_in(self.standings, self.names, self.version))

    @property
    def signature_notes(self) -> Iterator[str]:
        yield from early_signatures(self.standings, self.requests, self.names)
        yield from withdrawn(self.situation.ended, self.parties, self.names)

    # --- What came before

    @cached_property
    def history(self) -> list[Version]:
        """The amendment history (C01), the newest first."""
        numbered = self.agreement.versions.exclude(label="").order_by("-seq")
        read = numbered.select_related("author__person", "author_organisation")
        found = list(read.prefetch_related("author_organisation__names"))
        for version in found:
            version.agreement = self.agreement
        return found

    @property
    def author(self) -> str:
        """Who made this version, for whom."""
        own = next((each for each in self.history if each.pk == self.version.pk), self.version)
        return f"{own.author}, {own.author_organisation.name}"

    @cached_property
    def before(self) -> Version | None:
        """The numbered version before this one."""
        return next((each for each in self.history if each.seq < self.version.seq), None)

    @cached_property
    def comparison(self) -> VersionComparison | None:
        return VersionComparison(self.before, self.version) if self.before else None

    def held(self, version: Version) -> str:
        """From when to when its text was in force: "In force from 3 May 2013 to 1 June 2014."."""
        if not version.is_complete:
            return ""
        later = [each for each in self.history if each.is_complete and each.seq > version.seq]
        since = day(version.holds_from)
        if not later or later[-1].holds_from is None:
            return f"In force from {since}."
        last = max(later[-1].holds_from - timedelta(days=1), version.holds_from or date.min)
        return f"In force from {since} to {day(last)}."

    @property
    def replaces(self) -> str:
        """Which text holds until this one is signed; empty of a first text, and once it is."""
        now, change = self.agreement.in_force_version, self.version.change
        if now is None or change is None or not self.version.is_under_way:
            return ""
        return (
            f"{change.get_kind_display()} of version {now.label}, which stays in force until all "
            "parties have signed this one."
        )

    @staticmethod
    def tag_of(version: Version) -> Tag:
        return version_tag(version.state)

    @property
    def steps(self) -> list[NextStep]:
        """The open steps, those of the reader first; none for a version that was recalled, or that
        another has replaced."""
        past = Version.CAME_TO_NOTHING | {Version.State.REPLACED}
        # Whoever approved what was registered from elsewhere did so there.
        if self.version.state in past or self.agreement.is_registered:
            return []
        return own_first(steps_of_version(self.situation, self.acting))

    @property
    def done(self) -> str:
        """Why nothing, or little, is left to do; empty while the version is under way."""
        if self.version.state == Version.State.WITHDRAWN:
            return f"It was recalled: {self.version.withdrawn_because}"
        if self.version.state == Version.State.GIVEN_UP:
            return f"The draft was given up: {self.version.withdrawn_because}"
        if self.version.state == Version.State.REPLACED:
            return f"{self.held(self.version)} Another text holds now."
        if self.version.state == Version.State.SIGNED and self.version.change:
            return (
                f"All have signed, and this text is in force since {day(self.version.holds_from)}."
            )
        if self.version.state == Version.State.SIGNED:
            since, effect = day(self.version.holds_from), self.agreement.effective_on
            if self.agreement.is_registered:
                return f"It was signed outside the portal on {since}, as it was registered."
            more = f", with effect from {day(effect)}" if effect else ""
            return f"All have signed, and the agreement is in force since {since}{more}."
        return ""
