"""Two texts beside each other, clause by clause and term by term."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from agreements.core.associated import changed_since, to_freeze
from agreements.core.bindings import keeps_in_words
from agreements.core.parties import parties_of
from agreements.core.sides import names_in, sides_called
from agreements.core.texts import numbers
from agreements.drafting.pages.terms import TermInWords, terms_in_words
from agreements.drafting.rules import compare_words, moved_in, reading_order
from agreements.drafting.wording import wording_of
from agreements.models import ClauseText, Version
from agreements.terms import Terms
from nhsuk.components import Tag, Words
from nhsuk.words import and_list, plural

TextWithTerms = tuple[list[ClauseText], Terms]


class NumberedText(NamedTuple):
    """A clause as it stands in one version."""

    number: str
    text: ClauseText


class ClauseChange:
    """One clause in two texts; `before` or `after` is None where it was not there."""

    def __init__(
        self,
        key: str,
        before: NumberedText | None,
        after: NumberedText | None,
        sides: Mapping[str, str],
    ) -> None:
        self.anchor, self.before, self.after = f"clause-{key}", before, after
        self.is_moved = False
        old, new = before and before.text, after and after.text
        heading = compare_words(old.heading if old else "", new.heading if new else "")
        # Shown only where it differs; the body is shown in any case.
        self.heading = heading if _differ(heading) else []
        self.body = compare_words(old.body if old else "", new.body if new else "")
        self.labels = label_changes(old, new, sides) if old and new else []

    @property
    def name(self) -> str:
        shown = self.after or self.before
        return f"{shown.number} {shown.text.heading}" if shown else ""

    @property
    def is_changed(self) -> bool:
        """Whether it stands in both texts, with other words or labels."""
        there = self.before is not None and self.after is not None
        return there and bool(self.heading or self.labels or _differ(self.body))

    @property
    def tags(self) -> list[Tag]:
        """What happened to it; none where it is the same."""
        if self.before is None:
            return [Tag("Added", "green")]
        if self.after is None:
            return [Tag("Removed", "red")]
        tags = [Tag("Changed", "blue")] if self.is_changed else []
        return [*tags, Tag("Moved", "purple")] if self.is_moved else tags

    @property
    def facts(self) -> list[str]:
        """What else there is to say of it, as sentences."""
        if self.before and self.after and self.before.number != self.after.number:
            return [f"Now {self.after.number}, before {self.before.number}.", *self.labels]
        return self.labels


def compare_clauses(
    older: Sequence[ClauseText], newer: Sequence[ClauseText], sides: Mapping[str, str]
) -> list[ClauseChange]:
    """Every clause of either text, in the newer one's order; what went stands where it was."""
    before, after = _by_key(older), _by_key(newer)
    changes = {
        key: ClauseChange(key, before.get(key), after.get(key), sides)
        for key in reading_order(list(before), list(after))
    }
    for key in moved_in(list(before), list(after)):
        changes[key].is_moved = True
    return list(changes.values())


def _by_key(texts: Sequence[ClauseText]) -> dict[str, NumberedText]:
    given = numbers(text.kind for text in texts)
    pairs = zip(texts, given, strict=True)
    return {text.clause.key: NumberedText(number, text) for text, number in pairs}


def _differ(words: Iterable[Words]) -> bool:
    return any(run.kind != "same" for run in words)


class Comparison:
    """An older and a newer text, each with its terms; `sides` are the names of the slots."""

    # The names of the parties that differ; a template's text has none.
    names: list[list[Words]] = []
    # What differs of a template's sides and blanks, by what each is; an agreement has its own.
    parts: list[tuple[str, list[Words]]] = []
    # What differs in the documents that the two texts are read with, as sentences.
    documents: list[str] = []

    def __init__(
        self,
        old: TextWithTerms,
        new: TextWithTerms,
        sides: Mapping[str, str],
        names: Mapping[str, str] | None = None,
    ) -> None:
        every = compare_clauses(old[0], new[0], sides)
        # Those that differ, in the newer one's order.
        self.clauses = [change for change in every if change.tags]
        self.terms = term_changes(*(terms_in_words(terms, sides, names) for _, terms in (old, new)))

    @property
    def is_same(self) -> bool:
        return not (self.clauses or self.terms or self.names or self.parts or self.documents)

    @property
    def summary(self) -> str:
        """ "2 clauses changed, 1 added, 1 removed, 1 moved. The terms changed." """
        did = Counter(tag.text.lower() for change in self.clauses for tag in change.tags)
        said = [
            f"{plural(did[each], 'clause')} {each}"
            for each in ("changed", "added", "removed", "moved")
            if did[each]
        ]
        sentences = [f"{', '.join(said)}." if said else "No clause changed."]
        if self.terms:
            sentences.append("The terms changed.")
        sentences += [f"The {what.lower()} changed." for what, _ in self.parts]
        if self.names:
            sentences.append("The name of a party changed.")
        if self.documents:
            sentences.append("The documents that it is read with changed.")
        return " ".join(sentences)


class VersionComparison(Comparison):
    """An older and a newer version of one agreement (two queries besides the parties')."""

    def __init__(self, older: Version, newer: Version) -> None:
        self.older, self.newer = older, newer
        sides = sides_called(parties_of(newer.agreement))
        old, new = ((wording_of(version), version.typed_terms) for version in (older, newer))
        before, after = names_in(older), names_in(newer)
        super().__init__(old, new, sides, {**before, **after})
        self.names = [
            compare_words(before.get(key, ""), after.get(key, ""))
            for key in {**after, **before}
            if before.get(key) != after.get(key)
        ]
        now = to_freeze(newer.agreement) if newer.has_no_number else newer.associated_documents
        self.documents = list(changed_since(older, now or ()))


def label_changes(old: ClauseText, new: ClauseText, sides: Mapping[str, str]) -> list[str]:
    """What changed about a clause besides its words, as sentences."""
    facts = []
    if old.kind != new.kind:
        facts.append(f"Kind: {new.get_kind_display()}. Before: {old.get_kind_display()}.")
    if old.status != new.status:
        facts.append(f"Status: {new.get_status_display()}. Before: {old.get_status_display()}.")
    if old.owed_by != new.owed_by:
        now, before = _owed(new.owed_by, sides), _owed(old.owed_by, sides)
        facts.append(f"Who has to do it: {now}. Before: {before}.")
    if old.bindings != new.bindings:
        now, before = _kept(new.bindings), _kept(old.bindings)
        facts.append(f"What keeps this clause: {now}. Before: {before}.")
    return facts


def _owed(slots: Sequence[str], sides: Mapping[str, str]) -> str:
    return and_list(sides.get(slot, slot) for slot in slots) or "every party"


def _kept(bindings: Sequence[str]) -> str:
    return "; ".join(keeps_in_words(bindings)) or "nothing that the portal checks"


def term_changes(
    older: list[TermInWords], newer: list[TermInWords]
) -> list[tuple[str, list[Words]]]:
    """The terms that differ by their headings, what went struck out and what came marked."""
    before = {term.heading: "\n".join(term.sentences) for term in older}
    after = {term.heading: "\n".join(term.sentences) for term in newer}
    return [
        (heading, compare_words(before.get(heading, ""), after.get(heading, "")))
        for heading in {**after, **before}
        if before.get(heading) != after.get(heading)
    ]
