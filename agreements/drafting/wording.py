"""The words of a text: a draft's follow its terms of today, a frozen text has its own for ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from typing import NamedTuple, TypeVar

from agreements.core.parties import parties_of
from agreements.core.sides import parties_in
from agreements.core.texts import texts_of
from agreements.drafting.blanks import LINE_END, fill, written_as
from agreements.drafting.figures_of_parties import tables_of
from agreements.models import ClauseText, TemplateClause, TemplateVersion, Version
from agreements.terms import FIGURES, Sides, Terms, in_words
from house.text import tidy_line

C = TypeVar("C", bound=ClauseText | TemplateClause)


def words_of(version: Version) -> dict[str, str]:
    """What the blanks for terms print in this text, by how they are named; none once it is frozen.

    A frozen text is never read for blanks again: what looks like one there is what was signed.
    """
    if not version.has_no_number:
        return {}
    tables = tables_of(parties_in(version))
    return in_words(version.typed_terms, sides_of(version)) | tables


def sides_of(version: Version) -> dict[str, str]:
    """What the text calls each side, by its slot; and who shares one by name, by their keys."""
    parties = parties_of(version.agreement)
    return {party.slot: party.called for party in parties} | {
        party.key: party.name for party in parties if party.number
    }


def words_of_template(version: TemplateVersion) -> dict[str, str]:
    """The same for a template, by the terms that its agreements start with."""
    return in_words(version.typed_terms, {slot.key: slot.each for slot in version.typed_slots})


def wording_of(version: Version) -> list[ClauseText]:
    """The clauses as they are read now, in order (as many queries as texts and parties take)."""
    return worded(texts_of(version), words_of(version))


def worded(clauses: Sequence[C], words: Mapping[str, str]) -> list[C]:
    """The clauses with these words in them. What differs is a copy: nobody saves it by mistake."""
    return [_worded(clause, words) for clause in clauses]


def _worded(clause: C, words: Mapping[str, str]) -> C:
    heading, body = worded_heading(clause.heading, words), fill(clause.body, words)
    if (heading, body) == (clause.heading, clause.body):
        return clause
    read = copy(clause)
    read.heading, read.body = heading, body
    return read


def worded_heading(heading: str, words: Mapping[str, str]) -> str:
    """A heading stays on one line."""
    filled = fill(heading, words)
    return heading if filled == heading else tidy_line(filled)


class TermBlank(NamedTuple):
    """A blank for a term, as somebody who writes may use it; `prints` is empty where not said."""

    written: str
    about: str
    prints: str

    @property
    def is_list(self) -> bool:
        return LINE_END in self.prints


def term_blanks(terms: Terms, sides: Sides) -> list[TermBlank]:
    """Every blank for terms, with what it would print now."""
    words = in_words(terms, sides)
    return [
        TermBlank(written_as(each.key), each.about, words.get(each.key, "")) for each in FIGURES
    ]
