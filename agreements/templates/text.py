"""The text of a template's version as pages show it, and what a draft changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from agreements.drafting.pages.compare import Comparison
from agreements.drafting.pages.document import ClauseOnPage, as_text, contents, document
from agreements.drafting.pages.terms import TermInWords, terms_in_words
from agreements.drafting.rules import fill, missing_in
from agreements.models import TemplateClause, TemplateVersion
from agreements.templates.pages import state_tag
from agreements.templates.services.people import may_edit
from agreements.terms import Slot
from nhsuk.components import IndexEntry
from parties.acting import Acting
from parties.models import Organisation


def sides_of(version: TemplateVersion) -> dict[str, str]:
    """What each side is called at the beginning of a line, by its slot."""
    return {slot.key: slot.label[:1].upper() + slot.label[1:] for slot in version.typed_slots}


def blanks_of(version: TemplateVersion) -> dict[str, str]:
    """What stands for each blank when somebody reads the template: "[Area covered]"."""
    named = {slot.key: f"Name of {slot.label}" for slot in version.typed_slots}
    labels = named | {blank.key: blank.label for blank in version.typed_blanks}
    return {key: f"[{label}]" for key, label in labels.items()}


def readable(text: str, blanks: Mapping[str, str]) -> str:
    """The text with its blanks shown as what goes there; a strange one as it is called."""
    return fill(text, {key: f"[{key}]" for key in missing_in([text])} | dict(blanks))


class BlankUse(NamedTuple):
    """A blank of the text, with how many clauses have it."""

    key: str
    label: str
    hint: str
    used: int


class TemplateText:
    """One version with its clauses, read once (about eight queries, however many clauses)."""

    def __init__(self, version: TemplateVersion, acting: Acting) -> None:
        self.version, self.template, self.tag = version, version.template, state_tag(version)
        self.rows: list[TemplateClause] = list(version.clauses.all())
        # Whether the reader may edit the template, and this version still changes.
        self.may_change = version.is_draft and may_edit(acting, version.template)
        self.sides = sides_of(version)

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
        texts, blanks = [as_text(row) for row in self.rows], blanks_of(self.version)
        for text in texts:
            text.heading, text.body = readable(text.heading, blanks), readable(text.body, blanks)
        return document(texts, {}, note)

    def contents(self, clauses: list[ClauseOnPage]) -> list[IndexEntry]:
        more = [IndexEntry("Terms", "terms"), IndexEntry("Sides", "sides")]
        return contents(clauses, *more, IndexEntry("Blanks", "blanks"))

    @property
    def terms(self) -> list[TermInWords]:
        return terms_in_words(self.version.typed_terms, self.sides)

    @staticmethod
    def kinds_of(slot: Slot) -> list[str]:
        """The kinds of organisation that may take a side, in words."""
        kinds = [str(Organisation.Kind(kind).label) for kind in slot.organisation_kinds]
        return kinds or ["Any organisation"]

    @property
    def blanks(self) -> list[BlankUse]:
        """What each agreement fills in, with how often it stands here."""
        used = Counter(key for row in self.rows for key in missing_in([row.heading, row.body]))
        slots = [(s.key, f"Name of {s.label}", "The portal fills it in.")
                 for s in self.version.typed_slots]  # fmt: skip
        known = [*slots, *((b.key, b.label, b.hint) for b in self.version.typed_blanks)]
        keys = {key for key, *_ in known}
        strange = [(key, key, "Nothing here says what it is.") for key in used if key not in keys]
        return [BlankUse(*each, used[each[0]]) for each in [*known, *strange]]


def changes_since(version: TemplateVersion) -> Comparison | None:
    """What this version changes; None for a template's first."""
    earlier = version.template.versions.filter(seq__lt=version.seq)
    before = earlier.order_by("-seq").first()
    if before is None:
        return None
    old, new = ([as_text(c) for c in v.clauses.all()] for v in (before, version))
    return Comparison((old, before.typed_terms), (new, version.typed_terms), sides_of(version))
