"""The text of a version as pages show it: its clauses, numbered, and one that is being edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from django.http import QueryDict
from markupsafe import Markup

from agreements.core.bindings import kept_and_owed
from agreements.core.texts import numbers
from agreements.drafting.blanks import marks_in, show_missing
from agreements.drafting.pages.compare import label_changes
from agreements.drafting.rules import compare_words, may_move
from agreements.models import Clause, ClauseKind, ClauseText, TemplateClause
from agreements.models.texts import ClauseFields
from documents.markdown import each_to_html, to_html
from house.text import tidy_line, tidy_text
from nhsuk.components import IndexEntry, Tag, Words

# What was just done to a clause, as the address of the page says it.
NOTES = {"saved": "Saved", "added": "Added", "moved": "Moved", "kept": "As it was"}


class ClauseOnPage:
    """A clause to be read, with open blanks shown as missing; `note` says what was just done."""

    # Whether moving it changes anything.
    may_up = may_down = False
    # What else a page says of it, below its text.
    says = ""

    def __init__(
        self, text: ClauseText, number: str, labels: Mapping[str, str], body: Markup, note: str
    ) -> None:
        self.key, self.number, self.is_section = text.key, number, text.kind == ClauseKind.SECTION
        self.heading = show_missing(text.heading, labels)
        self.body = body
        self.anchor, self.name = f"clause-{self.key}", f"{number} {self.heading}"
        # The first thing that keeps it: the agreement says how it is kept there. Often none.
        self.kept_by = next(iter(text.bindings), "")
        self.is_touched = bool(note)
        self.is_defined = text.status != ClauseText.Status.TO_BE_DEFINED
        self.tags = [] if text.kind != ClauseKind.PRINCIPLE else [Tag("Principle", "grey")]
        if not self.is_defined:
            self.tags.append(Tag("Left for a later version", "yellow"))
        if marks_in(text.heading, text.body):
            self.tags.append(Tag("Not filled in", "yellow"))
        if note:
            self.tags.append(Tag(note, "green"))


def document(
    texts: Sequence[ClauseText], labels: Mapping[str, str], done: Mapping[str, str] | None = None
) -> list[ClauseOnPage]:
    """The clauses in order (one query); `done` is what was just done to one: {"saved": its key}."""
    kinds = [text.kind for text in texts]
    notes = {key: NOTES[did] for did, key in (done or {}).items() if did in NOTES}
    bodies = [show_missing(text.body, labels) for text in texts]
    html = each_to_html(bodies)
    clauses = [
        ClauseOnPage(text, number, labels, html[body], notes.get(text.key, ""))
        for text, number, body in zip(texts, numbers(kinds), bodies, strict=True)
    ]
    for index, clause in enumerate(clauses):
        clause.may_up, clause.may_down = may_move(kinds, index, -1), may_move(kinds, index, 1)
    return clauses


def with_keepings(
    clauses: list[ClauseOnPage], texts: Sequence[ClauseText], sides: Mapping[str, str]
) -> list[ClauseOnPage]:
    """Below each clause of a draft what keeps it and who owes it; `sides` says what sides are
    called."""
    for clause, text in zip(clauses, texts, strict=True):
        clause.says = kept_and_owed(text, sides)
    return clauses


def contents(clauses: Sequence[ClauseOnPage], *more: IndexEntry) -> list[IndexEntry]:
    """The sections of the text, or its clauses where it has none; then what else the page has."""
    listed = [c for c in clauses if c.is_section] or list(clauses)
    return [*(IndexEntry(clause.name, clause.anchor) for clause in listed), *more]


def as_text(clause: ClauseText | TemplateClause) -> ClauseText:
    """The clause as the text of an agreement has it, for whatever shows such texts."""
    if isinstance(clause, ClauseText):
        return clause
    values = {field.name: getattr(clause, field.name) for field in ClauseFields._meta.fields}
    return ClauseText(clause=Clause(key=clause.key), status=clause.status, **values)


class Preview(NamedTuple):
    heading: str
    body: Markup


def preview_of(typed: QueryDict, readable: Callable[[str], str]) -> Preview:
    """How the text that somebody typed will look; `readable` shows its blanks."""
    heading, body = tidy_line(typed.get("heading", "")), tidy_text(typed.get("body", ""))
    return Preview(readable(heading), to_html(readable(body[:20_000])))


class Conflict(NamedTuple):
    """Two texts of one clause: what somebody else saved, and what is in the box."""

    theirs: ClauseText
    who: str
    heading: list[Words]
    body: list[Words]
    facts: list[str]


def conflict_of(
    saved: ClauseText | TemplateClause, mine: Mapping[str, object], sides: Mapping[str, str]
) -> Conflict:
    """What differs, from their text to mine."""
    theirs, typed = as_text(saved), ClauseText(**mine)
    return Conflict(
        theirs=theirs,
        who=saved.last_editor or "the other person",
        heading=compare_words(theirs.heading, typed.heading),
        body=compare_words(theirs.body, typed.body),
        facts=label_changes(theirs, typed, sides),
    )
