"""A version of a template as a page shows it, and the page of one of its clauses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse

from agreements.core.words import bound_to
from agreements.drafting.pages.clause import Conflict, Preview, conflict_of, preview_of
from agreements.drafting.pages.document import ClauseOnPage, contents, document
from agreements.drafting.pages.draft import NOTES
from agreements.drafting.pages.terms import TermInWords, terms_in_words
from agreements.drafting.rules.blanks import fill, missing_in
from agreements.models import Clause, ClauseText, TemplateClause, TemplateVersion
from agreements.templates.pages.states import state_tag
from agreements.templates.services.people import may_edit
from agreements.templates.services.text import ChangedMeanwhile, last_editor
from nhsuk.components import Action, Cell, Column, IndexEntry, SummaryRow, Tag
from nhsuk.words import plural
from parties.acting import Acting
from parties.models import Organisation


def as_text(clause: TemplateClause) -> ClauseText:
    """The clause as the text of an agreement would have it, for whatever shows such texts."""
    copied = ("position", "kind", "heading", "body", "bindings", "owed_by", "edit_no")
    values = {name: getattr(clause, name) for name in copied}
    return ClauseText(clause=Clause(key=clause.key), **values)


def sides_of(version: TemplateVersion) -> dict[str, str]:
    """What each side is called at the beginning of a line, by its slot."""
    return {slot.key: slot.label[:1].upper() + slot.label[1:] for slot in version.typed_slots}


def blanks_of(version: TemplateVersion) -> dict[str, str]:
    """What stands for each blank when somebody reads the template: "[Area covered]"."""
    named = {slot.key: f"Name of {slot.label}" for slot in version.typed_slots}
    labels = named | {blank.key: blank.label for blank in version.typed_blanks}
    return {key: f"[{label}]" for key, label in labels.items()}


def readable(texts: list[ClauseText], version: TemplateVersion) -> list[ClauseText]:
    """The texts with their blanks shown as what goes there."""
    blanks = blanks_of(version)
    for text in texts:
        open_ones = {key: f"[{key}]" for key in missing_in([text.heading, text.body])} | blanks
        text.heading, text.body = fill(text.heading, open_ones), fill(text.body, open_ones)
    return texts


class TemplateText:
    """One version with its clauses, read once (about eight queries, however many clauses)."""

    def __init__(self, version: TemplateVersion, acting: Acting) -> None:
        self.version, self.template = version, version.template
        self.acting = acting
        self.rows: list[TemplateClause] = list(version.clauses.all())

    @cached_property
    def may_change(self) -> bool:
        """Whether the reader may edit the template, and this version still changes."""
        return self.version.is_draft and may_edit(self.acting, self.template)

    @property
    def tag(self) -> Tag:
        return state_tag(self.version)

    @cached_property
    def last_edit(self) -> str:
        """Who edited the draft last, by name."""
        history = TemplateClause.history.filter(version_id=self.version.pk, history_type="~")
        newest = history.select_related("history_user__person").first()
        if newest is None or newest.history_user is None:
            return ""
        return f"{newest.history_user} edited “{newest.heading}” last"

    def clauses(self, note: Mapping[str, str]) -> list[ClauseOnPage]:
        """The clauses for the page; `note` says what was just done: {"saved": key}."""
        done = next(((key, NOTES[did]) for did, key in note.items() if did in NOTES), ("", ""))
        return document(readable([as_text(row) for row in self.rows], self.version), {}, done)

    def contents(self, clauses: list[ClauseOnPage]) -> list[IndexEntry]:
        more = [IndexEntry("Terms", "terms"), IndexEntry("Sides", "sides")]
        return contents(clauses, *more, IndexEntry("Blanks", "blanks"))

    @property
    def terms(self) -> list[TermInWords]:
        return terms_in_words(self.version.typed_terms, sides_of(self.version))

    @property
    def terms_action(self) -> Action | None:
        if not self.may_change:
            return None
        page = reverse("templates:terms", args=[self.template.pk, self.version.seq])
        return Action("Change the terms", page)

    @property
    def sides(self) -> list[SummaryRow]:
        """Each side, and what kinds of organisation may take it."""
        names = sides_of(self.version)
        return [
            SummaryRow(names[slot.key], _kinds(slot.organisation_kinds))
            for slot in self.version.typed_slots
        ]

    blank_columns = (Column("Blank"), Column("How it is written"), Column("Where it stands"))

    @property
    def blanks(self) -> list[list[Cell]]:
        """What each agreement fills in, with how it is written and how often it stands here."""
        used: dict[str, int] = defaultdict(int)
        for row in self.rows:
            for key in missing_in([row.heading, row.body]):
                used[key] += 1
        slots = {slot.key: f"Name of {slot.label}" for slot in self.version.typed_slots}
        rows = [(key, label, "The portal fills it in.") for key, label in slots.items()]
        rows += [(b.key, b.label, b.hint) for b in self.version.typed_blanks]
        known = {key for key, _, _ in rows}
        rows += [(key, key, "Nothing here says what it is.") for key in used if key not in known]
        return [
            [
                Cell(label, under=hint),
                Cell(f"{{{{{key}}}}}"),
                Cell(plural(used[key], "clause") if used[key] else "Not used"),
            ]
            for key, label, hint in rows
        ]


def _kinds(kinds: tuple[str, ...]) -> list[str]:
    """The kinds of organisation that may take a side, in words."""
    return [str(Organisation.Kind(kind).label) for kind in kinds] or ["Any organisation"]


@dataclass(frozen=True)
class ClausePage:
    """The page of one clause, or of a new one."""

    version: TemplateVersion
    clause: TemplateClause | None = None

    @property
    def as_text(self) -> ClauseText | None:
        return as_text(self.clause) if self.clause else None

    @property
    def sides(self) -> dict[str, str]:
        return sides_of(self.version)

    @property
    def last_editor(self) -> str:
        return last_editor(self.clause) if self.clause and self.clause.edit_no else ""

    @property
    def bound(self) -> str:
        return bound_to(self.as_text) if self.as_text else ""

    @property
    def blanks(self) -> list[tuple[str, str]]:
        """How each blank is written, and what goes there."""
        return [(f"{{{{{key}}}}}", said[1:-1]) for key, said in blanks_of(self.version).items()]

    def preview(self, typed: QueryDict) -> Preview:
        """How the text that somebody typed will look."""
        shown = typed.copy()
        for name in ("heading", "body"):
            text = typed.get(name, "")
            strange = {key: f"[{key}]" for key in missing_in([text])}
            shown[name] = fill(text, strange | blanks_of(self.version))
        return preview_of(shown, {})

    def conflict(self, meanwhile: ChangedMeanwhile, mine: Mapping[str, object]) -> Conflict:
        """What differs, from what somebody else saved to what was typed here."""
        return conflict_of(as_text(meanwhile.theirs), mine, self.sides)
