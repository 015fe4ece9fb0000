"""What a template from an agreement will say, and what becomes a blank again in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from agreements.drafting.pages.document import ClauseOnPage, document
from agreements.models import Version
from agreements.templates.pages.text import blanks_of, labels_of, readable
from agreements.templates.services.turning_back import as_template
from nhsuk.words import plural


class Turned(NamedTuple):
    words: str
    blank: str
    where: str


class TurnedBackPage:
    """The text of this version as a template has it (about six queries)."""

    def __init__(self, version: Version) -> None:
        self.version, self.agreement = version, version.agreement
        self.source = version.agreement.template_version
        self.made = as_template(version)

    @property
    def called(self) -> str:
        return "the draft" if self.version.is_draft else f"version {self.version.label}"

    @property
    def turned(self) -> Iterator[Turned]:
        labels = labels_of(self.source)
        for each in self.made.turned:
            where = plural(each.clauses, "clause")
            yield Turned(each.words, labels.get(each.key, each.key), where)

    @property
    def clauses(self) -> list[ClauseOnPage]:
        """The text with its blanks in square brackets."""
        blanks = blanks_of(self.source)
        for text in self.made.clauses:
            text.heading, text.body = readable(text.heading, blanks), readable(text.body, blanks)
        return document(self.made.clauses, {})
