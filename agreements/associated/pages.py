"""The documents that an agreement is read with, for one reader: the list, and one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.urls import reverse

from agreements.associated.services import may_add, may_change
from agreements.core.associated import changed_since, kind_of, listed, missing, promised, to_freeze
from agreements.core.parties import parties_of, version_of_terms
from agreements.models import Agreement, AssociatedDocument, DocumentVersion, Version
from agreements.signing.pages.documents import damage_in, size
from documents.models import StoredFile
from documents.office import TYPES
from house import clock
from house.answers import Section
from house.clock import london_day
from nhsuk.components import Button, Link, Tag
from nhsuk.dates import day
from nhsuk.words import in_title
from parties.acting import Acting

SOON = timedelta(days=30)
CALLED = {TYPES["docx"]: "Word", TYPES["xlsx"]: "Excel"}


@dataclass(frozen=True)
class DocumentLine:
    """A document of the list as a page shows it."""

    newest: DocumentVersion
    kind: str
    may_change: bool

    @property
    def url(self) -> str:
        document = self.newest.document
        return reverse("agreements:document", args=[document.agreement.reference, document.pk])

    @property
    def link(self) -> Link:
        return Link(self.newest.title, self.url)

    @property
    def actions(self) -> list[Link]:
        if not self.may_change:
            return []
        title = f"“{self.newest.title}”"
        return [
            Link("Change", f"{self.url}change/", title),
            Link("Take off", f"{self.url}take-off/", f"the list: {title}"),
        ]

    @property
    def facts(self) -> list[str]:
        """Whose it is, its version and date, and where it is."""
        return [self.whose, *facts_of(self.newest)]

    @property
    def whose(self) -> str:
        document = self.newest.document
        if document.is_own:
            return f"Of {document.kept_by.name}."
        return f"One for all; {document.kept_by.name} keeps it."

    @property
    def review(self) -> Tag | None:
        """That it is to follow; where its date of review is near, or has passed while the
        agreement is in force."""
        on, today = self.newest.review_on, clock.today()
        if follows_by := self.newest.follows_by:
            late = follows_by < today
            return Tag("Promised, late", "red") if late else Tag("To follow", "yellow")
        if on is None or on > today + SOON or not self.newest.document.agreement.has_duties:
            return None
        return Tag("Review is late", "red") if on < today else Tag("Review due", "yellow")


def facts_of(version: DocumentVersion) -> list[str]:
    """Its version and dates, and where it is, as sentences."""
    facts = [f"Version {version.label}." if version.label else "No version is named."]
    if version.follows_by:
        facts = [f"Not there yet: it is to follow by {day(version.follows_by)}."]
    if version.dated_on:
        facts.append(f"Dated {day(version.dated_on)}.")
    if version.review_on:
        facts.append(f"Review on {day(version.review_on)}.")
    if version.file:
        facts.append(f"{called(version.file)}, {size(version.file)}.")
    return facts


def called(file: StoredFile) -> str:
    """ "PDF", "Word" or "Excel"."""
    return CALLED.get(file.content_type, "PDF")


class Associated:
    """The list of one agreement for one reader (two queries)."""

    def __init__(self, agreement: Agreement, acting: Acting) -> None:
        self.agreement, self.acting = agreement, acting
        self.terms = version_of_terms(agreement).typed_terms

    @cached_property
    def lines(self) -> list[DocumentLine]:
        return [
            DocumentLine(
                each, kind_of(each.document, self.terms), may_change(self.acting, each.document)
            )
            for each in listed(self.agreement)
        ]

    @cached_property
    def missing(self) -> list[str]:
        """What the text names and nobody has brought; nothing once the agreement has ended."""
        if self.agreement.is_over:
            return []
        lacking = [each.sentence for each in missing(self.agreement, self.terms)]
        return [*lacking, *promised(self.agreement)]

    @property
    def is_shown(self) -> bool:
        """There is a list, something is missing in it, or somebody may begin one."""
        return bool(self.lines or self.missing or self.action)

    @property
    def action(self) -> Button | None:
        if not may_add(self.acting, self.agreement):
            return None
        url = reverse("agreements:document_add", args=[self.agreement.reference])
        return Button("Add a document", url, kind="secondary")

    @property
    def since(self) -> str:
        """The text that the list is compared with: the signed one, else the one under way."""
        version = self._compared
        return version.label if version else ""

    @cached_property
    def changes(self) -> list[str]:
        """What differs from the list that the text prints."""
        version = self._compared
        return list(changed_since(version, to_freeze(self.agreement))) if version else []

    @cached_property
    def _compared(self) -> Version | None:
        version = version_of_terms(self.agreement)
        return None if version.is_draft or self.agreement.is_registered else version


def section_of(agreement: Agreement, acting: Acting) -> Section | None:
    associated = Associated(agreement, acting)
    if not associated.is_shown:
        return None
    return Section(
        anchor="associated",
        heading="Associated documents",
        position=2,
        template="agreements/associated_section.jinja",
        context={"associated": associated},
        action=associated.action,
    )


class DocumentPage:
    """One document with all its versions, the newest first (three queries besides the parties')."""

    def __init__(self, document: AssociatedDocument, acting: Acting) -> None:
        self.document, self.acting = document, acting
        self.agreement = document.agreement
        parties = {party.pk: party for party in parties_of(self.agreement)}
        document.kept_by = parties[document.kept_by_id]
        self.names = {party.organisation.pk: party.name for party in parties.values()}
        rows = document.versions.select_related(
            "file__repair__original", "added_by__person"
        ).order_by("-seq")
        self.versions: Sequence[DocumentVersion] = list(rows)
        for each in self.versions:
            each.document = document

    @property
    def between(self) -> str:
        return in_title(list(self.names.values()))

    @property
    def newest(self) -> DocumentVersion:
        return self.versions[0]

    @cached_property
    def line(self) -> DocumentLine:
        kind = kind_of(self.document, version_of_terms(self.agreement).typed_terms)
        return DocumentLine(self.newest, kind, may_change(self.acting, self.document))

    @property
    def ended(self) -> str:
        """That it is off the list, since when and why; empty while it is on it."""
        document = self.document
        if document.ended_at is None:
            return ""
        who, on = str(document.ended_by), day(london_day(document.ended_at))
        return f"{who} took it off the list on {on}: {document.ended_because}"

    def added(self, version: DocumentVersion) -> str:
        """Who brought this version, for whom, when."""
        name = self.names.get(version.added_for_id, "a former party")
        return f"By {version.added_by} for {name} on {day(london_day(version.added_at))}."

    facts = staticmethod(facts_of)

    def file_url(self, version: DocumentVersion) -> str:
        args = [self.agreement.reference, self.document.pk, version.seq]
        return reverse("agreements:document_file", args=args)

    @staticmethod
    def damage(version: DocumentVersion) -> str:
        """What was wrong with the file as it was brought, where the portal keeps a copy of it."""
        repair = version.file.copy_of if version.file else None
        return damage_in(repair) if repair else ""
