"""The page of a version: its text, its sides and blanks, what is left to do, what it changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from agreements.drafting.blanks import fill, missing_in, open_in
from agreements.drafting.figures_of_parties import asked_for
from agreements.drafting.pages.compare import Comparison, term_changes
from agreements.drafting.pages.document import ClauseOnPage, as_text, document, with_keepings
from agreements.drafting.pages.terms import TermInWords, terms_in_words
from agreements.drafting.typed_figures import typed_against
from agreements.drafting.wording import TermBlank, term_blanks, worded, words_of_template
from agreements.models import TemplateClause, TemplateVersion
from agreements.templates.pages.kept import state_tag
from agreements.templates.pages.parts import tasks_of, who_takes
from agreements.templates.rules import has_sides
from agreements.templates.services.people import may_edit
from agreements.terms import Slot
from nhsuk.components import Task
from nhsuk.words import capital
from parties.acting import Acting


def each_side_of(version: TemplateVersion) -> dict[str, str]:
    """What each side is called inside a sentence, by its slot: "the CCG", "each Federation"."""
    return {slot.key: slot.each for slot in version.typed_slots}


def labels_of(version: TemplateVersion) -> dict[str, str]:
    """What each blank asks for, by its key."""
    named = {slot.key: f"Name of {slot.each}" for slot in version.typed_slots}
    tables = asked_for(version.typed_slots)
    return named | tables | {blank.key: blank.label for blank in version.typed_blanks}


def blanks_of(version: TemplateVersion) -> dict[str, str]:
    """What stands for each blank when somebody reads the template: "[Area covered]", "72 hours"."""
    asked = {key: f"[{label}]" for key, label in labels_of(version).items()}
    return words_of_template(version) | asked


def to_put_right(version: TemplateVersion) -> list[str]:
    """A sentence for each blank that the template does not have, and for each figure that is typed
    against its terms, with the clause (one query)."""
    written, slots = list(version.clauses.all()), version.typed_slots
    found = open_in(worded(written, words_of_template(version)), labels_of(version))
    sides = {slot.key: slot.each for slot in slots}
    wrong = [each.sentence for each in found if not each.is_known]
    return [*wrong, *typed_against(written, version.typed_terms, sides)]


def readable(text: str, blanks: Mapping[str, str]) -> str:
    """The text with its blanks shown as what goes there; a strange one as it is called."""
    return fill(text, {key: f"[{key}]" for key in missing_in([text])} | dict(blanks))


class BlankUse(NamedTuple):
    """A blank of the text, with how many clauses have it."""

    key: str
    label: str
    hint: str
    used: int
    # Whether the template asks for it; the name of a party the portal fills in.
    is_asked: bool = False


class TemplateText:
    """One version with its clauses, read once (about eight queries, however many clauses)."""

    def __init__(self, version: TemplateVersion, acting: Acting) -> None:
        self.version, self.template, self.tag = version, version.template, state_tag(version)
        self.rows: list[TemplateClause] = list(version.clauses.all())
        # Whether the reader may edit the template, and this version still changes.
        may = may_edit(acting, version.template)
        self.may_change, self.may_withdraw = version.is_draft and may, version.is_published and may
        self.sides = {slot.key: capital(slot.label) for slot in version.typed_slots}

    @cached_property
    def last_edit(self) -> str:
        """Who edited the draft last, by name."""
        history = self.version.clause_history.filter(history_type="~")
        newest = history.select_related("history_user__person").first()
        if newest is None or newest.history_user is None:
            return ""
        return f"{newest.history_user} edited “{newest.heading}” last"

    def clauses(self, note: Mapping[str, str]) -> list[ClauseOnPage]:
        """The clauses for the page; `note` says what was just done: {"saved": key}."""
        texts, blanks = [as_text(row) for row in self.rows], blanks_of(self.version)
        for text in texts:
            text.heading, text.body = readable(text.heading, blanks), readable(text.body, blanks)
        return with_keepings(document(texts, {}, note), texts, each_side_of(self.version))

    @property
    def terms(self) -> list[TermInWords]:
        return terms_in_words(self.version.typed_terms, each_side_of(self.version))

    @property
    def term_blanks(self) -> list[TermBlank]:
        slots = {slot.key: slot.each for slot in self.version.typed_slots}
        return term_blanks(self.version.typed_terms, slots)

    @property
    def slots(self) -> list[Slot]:
        return self.version.typed_slots

    @property
    def tasks(self) -> list[Task]:
        """What is left of a template that is being made: until its first version is published."""
        if not self.may_change or self.version.seq > 1:
            return []
        return tasks_of(self.version, len(self.rows))

    @property
    def may_publish(self) -> bool:
        return bool(self.rows) and has_sides(self.version)

    who_takes = staticmethod(who_takes)

    @property
    def blanks(self) -> list[BlankUse]:
        """What each agreement fills in, with how often it stands here."""
        used = Counter(key for row in self.rows for key in missing_in([row.heading, row.body]))
        version, hint = self.version, "The portal fills it in."
        known = [(slot.key, f"Name of {slot.each}", hint) for slot in version.typed_slots]
        known += [(blank.key, blank.label, blank.hint) for blank in version.typed_blanks]
        keys = {key for key, *_ in known}
        known += [(key, key, "Nothing here says what it is.") for key in used if key not in keys]
        asked = {blank.key for blank in version.typed_blanks}
        return [BlankUse(*each, used[each[0]], each[0] in asked) for each in known]


class TemplateComparison(Comparison):
    """Two versions of one template, with their sides and blanks."""

    def __init__(self, before: TemplateVersion, after: TemplateVersion) -> None:
        old, new = (([as_text(c) for c in v.clauses.all()], v.typed_terms) for v in (before, after))
        super().__init__(old, new, each_side_of(before) | each_side_of(after))
        self.parts = term_changes(_parts_in_words(before), _parts_in_words(after))


def _parts_in_words(version: TemplateVersion) -> list[TermInWords]:
    sides = (f"{capital(s.label)}: {'; '.join(who_takes(s))}." for s in version.typed_slots)
    blanks = (f"{blank.label}. {blank.hint}".strip() for blank in version.typed_blanks)
    return [TermInWords("Sides", tuple(sides)), TermInWords("Blanks", tuple(blanks))]


def changes_since(version: TemplateVersion) -> Comparison | None:
    """What this version changes; None for a template's first."""
    earlier = version.template.versions.filter(seq__lt=version.seq)
    before = earlier.order_by("-seq").first()
    return TemplateComparison(before, version) if before else None
