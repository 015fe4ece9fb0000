"""Two versions beside each other, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from agreements.core.parties import parties_of
from agreements.core.texts import keeps_in_words, texts_of
from agreements.drafting.pages.terms import TermInWords, terms_in_words
from agreements.drafting.rules.compare import ClauseChange, compare_clauses, compare_words
from agreements.models import ClauseText, Version
from agreements.terms import Terms
from nhsuk.components import Tag, Words
from nhsuk.words import and_list, plural

TextWithTerms = tuple[list[ClauseText], Terms]


@dataclass(frozen=True)
class ChangeOnPage:
    """One clause that differs: what it is called, what happened to it, its words."""

    name: str
    anchor: str
    tags: tuple[Tag, ...]
    facts: tuple[str, ...]
    heading: list[Words]
    body: list[Words]


@dataclass(frozen=True)
class TermChange:
    heading: str
    words: list[Words]


class Comparison:
    """An older and a newer text, each with its terms; `sides` are the names of the slots."""

    # The names of the parties that differ; a template's text has none.
    names: list[list[Words]] = []

    def __init__(self, old: TextWithTerms, new: TextWithTerms, sides: Mapping[str, str]) -> None:
        self.all_clauses, self.sides = compare_clauses(old[0], new[0]), sides
        self.terms = term_changes(*(terms_in_words(terms, sides) for _, terms in (old, new)))

    @cached_property
    def clauses(self) -> list[ChangeOnPage]:
        """The clauses that differ, in the newer one's order."""
        return [_on_page(each, self.sides) for each in self.all_clauses if not each.is_same]

    @property
    def is_same(self) -> bool:
        return not (self.clauses or self.terms or self.names)

    @property
    def summary(self) -> str:
        """ "2 clauses changed, 1 added, 1 removed, 1 moved. The terms changed." """
        counts = {
            "changed": sum(bool(c.before and c.after and _differs(c)) for c in self.all_clauses),
            "added": sum(c.before is None for c in self.all_clauses),
            "removed": sum(c.after is None for c in self.all_clauses),
            "moved": sum(c.moved for c in self.all_clauses),
        }
        said = [f"{plural(count, 'clause')} {did}" for did, count in counts.items() if count]
        sentences = [f"{', '.join(said)}." if said else "No clause changed."]
        if self.terms:
            sentences.append("The terms changed.")
        if self.names:
            sentences.append("The name of a party changed.")
        return " ".join(sentences)


class VersionComparison(Comparison):
    """An older and a newer version of one agreement (two queries besides the parties')."""

    def __init__(self, older: Version, newer: Version) -> None:
        self.older, self.newer = older, newer
        sides = {party.slot: party.name for party in parties_of(newer.agreement)}
        old, new = ((texts_of(version), version.typed_terms) for version in (older, newer))
        super().__init__(old, new, sides)
        before = {each["slot"]: each["name"] for each in older.party_names}
        after = {each["slot"]: each["name"] for each in newer.party_names}
        self.names = [
            compare_words(before[slot], after[slot])
            for slot in after
            if slot in before and before[slot] != after[slot]
        ]


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
        facts.append(f"Kept by: {now}. Before: {before}.")
    return facts


def _owed(slots: Sequence[str], sides: Mapping[str, str]) -> str:
    return and_list(sides.get(slot, slot) for slot in slots) or "nobody in particular"


def _kept(bindings: Sequence[str]) -> str:
    return "; ".join(keeps_in_words(bindings)) or "nothing that the portal checks"


def _differs(change: ClauseChange) -> bool:
    return change.reworded or change.relabelled


def _on_page(change: ClauseChange, sides: Mapping[str, str]) -> ChangeOnPage:
    old, new = change.before, change.after
    shown = new or old
    assert shown is not None  # noqa: S101 - a change has at least one side
    facts = []
    if old and new:
        facts = label_changes(old.text, new.text, sides)
        if old.number != new.number:
            facts.insert(0, f"Now {new.number}, before {old.number}.")
    return ChangeOnPage(
        name=f"{shown.number} {shown.text.heading}",
        anchor=f"clause-{change.key}",
        tags=tuple(_tags(change)),
        facts=tuple(facts),
        heading=change.heading if any(w.kind != "same" for w in change.heading) else [],
        body=change.body,
    )


def _tags(change: ClauseChange) -> list[Tag]:
    if change.before is None:
        return [Tag("Added", "green")]
    if change.after is None:
        return [Tag("Removed", "red")]
    tags = [Tag("Changed", "blue")] if _differs(change) else []
    return [*tags, Tag("Moved", "purple")] if change.moved else tags


def term_changes(older: list[TermInWords], newer: list[TermInWords]) -> list[TermChange]:
    """The terms that differ, what went struck out and what came marked."""
    before = {term.heading: "\n".join(term.sentences) for term in older}
    after = {term.heading: "\n".join(term.sentences) for term in newer}
    return [
        TermChange(heading, compare_words(before.get(heading, ""), after.get(heading, "")))
        for heading in {**after, **before}
        if before.get(heading) != after.get(heading)
    ]
