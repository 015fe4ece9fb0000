"""The agreement as a document: what its printed template needs, from a version's rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from django.conf import settings
from markupsafe import Markup

from agreements.core.approval import ApprovalStanding, standings
from agreements.core.content import texts_of
from agreements.core.numbering import numbers
from agreements.core.parties import contacts_in, parties_of
from agreements.drafting.pages.terms import TermInWords, terms_in_words
from agreements.drafting.rules.blanks import show_missing
from agreements.models import KeyContact, Party, Signature, SignatureRequest, Version
from agreements.reviews.queries import first_date_of_review
from documents.markdown import to_html
from house.clock import london_day
from nhsuk.dates import day, moment


@dataclass(frozen=True)
class PrintedClause:
    anchor: str
    number: str
    heading: str
    body: Markup
    is_section: bool
    to_be_defined: bool


@dataclass(frozen=True)
class PrintedSignature:
    party: str
    title: str
    name: str
    signed: str
    how: str
    # Why it was opened before its party's approval, and still without one.
    to_be_ratified: bool


class AgreementDocument:
    """One version of one agreement, ready to print. Reads its rows once (about ten queries)."""

    def __init__(self, version: Version, *, at: datetime) -> None:
        self.source = version
        self.at = at
        self.agreement = version.agreement
        self.terms = version.typed_terms
        self.parties = parties_of(self.agreement)
        self.names = {p["slot"]: p["name"] for p in version.party_names} or {
            party.slot: party.name for party in self.parties
        }
        self.standings: list[ApprovalStanding] = standings(
            version, self.parties, version.approvals.select_related("delegated_to")
        )
        self.requests = list(
            version.signature_requests.exclude(state="void").select_related("person", "party")
        )

    @property
    def reference(self) -> str:
        return self.agreement.reference

    @property
    def title(self) -> str:
        return self.agreement.title

    @property
    def is_signed(self) -> bool:
        return self.source.state == Version.State.SIGNED

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
        """As it stands in the header: "Version 1.0, approved as 0.3"."""
        return self.label if self.source.is_draft else f"Version {self.label}"

    @property
    def label(self) -> str:
        """The same beside the word "Version"."""
        version = self.source
        if version.is_draft:
            return "Draft"
        before = version.label_before_signature
        was = f", approved as {before}" if before and before != version.label else ""
        return f"{version.label}{was}"

    @property
    def start_on(self) -> str:
        return day(self.agreement.start_on) or "The day of the last signature"

    @property
    def review_on(self) -> str:
        after = self.terms.review.after_months
        first = first_date_of_review(self.agreement)
        return day(first) or f"{after} months after the date of sign-off"

    def address_of(self, party: Party) -> list[str]:
        on = self.agreement.start_on or london_day(self.at)
        held = [name for name in party.organisation.names.all() if name.holds_on(on)]
        return held[-1].address.splitlines() if held else []

    def clauses(self) -> list[PrintedClause]:
        labels = {
            blank.key: blank.label for blank in self.agreement.template_version.typed_blanks
        } | {party.slot: f"name of {party.label}" for party in self.parties}
        texts = texts_of(self.source)
        return [
            PrintedClause(
                anchor=f"clause-{text.clause.key}",
                number=number,
                heading=show_missing(text.heading, labels),
                body=to_html(show_missing(text.body, labels)),
                is_section=text.kind == "section",
                to_be_defined=text.status == "to_be_defined",
            )
            for text, number in zip(texts, numbers(t.kind for t in texts), strict=True)
        ]

    def terms_in_words(self) -> list[TermInWords]:
        return terms_in_words(self.terms, self.names)

    @cached_property
    def numbered(self) -> list[Version]:
        """The amendment history (C01): the numbered versions up to this one, with their authors."""
        numbered = self.agreement.versions.exclude(label="").filter(seq__lte=self.source.seq)
        authors = numbered.select_related("author__person", "author_organisation")
        return list(authors.prefetch_related("author_organisation__names"))

    @cached_property
    def held(self) -> dict[tuple[int, str], KeyContact]:
        """Who holds which role today, by party and role."""
        return contacts_in(party.pk for party in self.parties)

    @cached_property
    def given(self) -> dict[tuple[int, str], Signature]:
        """The signatures under this version, by party and signatory."""
        given = Signature.objects.filter(request__in=self.requests)
        rows = given.select_related("request", "paper", "user").order_by("request_id")
        return {(each.request.party_id, each.request.slot): each for each in rows}

    def signatures(self) -> list[PrintedSignature]:
        """One for each signature that the terms ask for, given or not."""
        asked = {(request.party_id, request.slot): request for request in self.requests}
        return [
            _signature(
                self.names[party.slot],
                signatory.label,
                asked.get((party.pk, signatory.key)),
                self.given.get((party.pk, signatory.key)),
                approved=standing.is_given,
            )
            for standing in self.standings
            for party in [standing.party]
            for signatory in self.terms.signatories_of(party.slot)
        ]

    @property
    def verify_url(self) -> str:
        return f"{settings.SITE_URL}/verify/"


def _signature(
    party: str,
    title: str,
    request: SignatureRequest | None,
    signature: Signature | None,
    *,
    approved: bool,
) -> PrintedSignature:
    name = signature.typed_name if signature else (request.person.name if request else "")
    signed = how = ""
    if signature and signature.paper:
        signed = day(signature.signed_on)
        how = f"On paper. The scan was confirmed at {moment(signature.at)}."
    elif signature:
        signed, how = moment(signature.at), f"Electronically, by {signature.user.email}."
    return PrintedSignature(party, title, name, signed, how, not approved)
