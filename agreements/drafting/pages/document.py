"""The text of a version as a page shows it: sections with their clauses, numbered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from agreements.core.texts import numbers
from agreements.drafting.rules.blanks import missing_in, show_missing
from agreements.drafting.rules.ordering import may_move
from agreements.models import ClauseKind, ClauseText
from documents.markdown import to_html
from nhsuk.components import IndexEntry, Tag

# What was just done to a clause, as the address of the page says it.
NOTES = {"saved": "Saved", "added": "Added", "moved": "Moved", "kept": "As it was"}


@dataclass(frozen=True)
class ClauseOnPage:
    key: str
    number: str
    heading: str
    body: Markup
    is_section: bool
    is_principle: bool
    # Whether something keeps it, so that the agreement's page says how.
    is_bound: bool = False
    tags: tuple[Tag, ...] = ()
    may_up: bool = False
    may_down: bool = False
    # Somebody has just saved, added or moved it.
    is_touched: bool = False

    @property
    def anchor(self) -> str:
        return f"clause-{self.key}"

    @property
    def name(self) -> str:
        return f"{self.number} {self.heading}"


def document(
    texts: Sequence[ClauseText], labels: Mapping[str, str], done: Mapping[str, str] | None = None
) -> list[ClauseOnPage]:
    """The clauses in order, with open blanks shown as missing.

    `done` is what the address says was just done to one of them: {"saved": its key}.
    """
    kinds = [text.kind for text in texts]
    notes = {key: NOTES[did] for did, key in (done or {}).items() if did in NOTES}
    return [
        ClauseOnPage(
            key=text.key,
            number=number,
            heading=show_missing(text.heading, labels),
            body=to_html(show_missing(text.body, labels)),
            is_section=text.kind == ClauseKind.SECTION,
            is_principle=text.kind == ClauseKind.PRINCIPLE,
            is_bound=bool(text.bindings),
            tags=_tags(text, notes.get(text.key, "")),
            may_up=may_move(kinds, index, -1),
            may_down=may_move(kinds, index, 1),
            is_touched=text.key in notes,
        )
        for index, (text, number) in enumerate(zip(texts, numbers(kinds), strict=True))
    ]


def contents(clauses: Sequence[ClauseOnPage], *more: IndexEntry) -> list[IndexEntry]:
    """The sections of the text, or its clauses where it has none; then what else the page has."""
    listed = [c for c in clauses if c.is_section] or list(clauses)
    return [*(IndexEntry(clause.name, clause.anchor) for clause in listed), *more]


def _tags(text: ClauseText, note: str) -> tuple[Tag, ...]:
    tags = []
    if text.kind == ClauseKind.PRINCIPLE:
        tags.append(Tag("Principle", "grey"))
    if text.status == ClauseText.Status.TO_BE_DEFINED:
        tags.append(Tag("To be defined", "yellow"))
    if missing_in([text.heading, text.body]):
        tags.append(Tag("Not filled in", "yellow"))
    if note:
        tags.append(Tag(note, "green"))
    return tuple(tags)
