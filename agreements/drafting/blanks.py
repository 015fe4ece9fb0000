"""The blanks of a text, written {{key}}, and what is written wrongly.

An agreement fills in its own once; those for terms, as {{lead:publication}}, follow the terms until
the text is frozen (drafting/wording.py). Any two opening braces count as something missing, so that
none is agreed to, signed or printed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from agreements.core.texts import numbers
from agreements.models import ClauseText, TemplateClause
from agreements.terms import ABOUT
from house.text import shortened
from nhsuk.words import or_list, plural

# Any opening braces; the last two hold something where they are closed.
_MARK = re.compile(r"(?P<more>\{*)\{\{(?!\{)(?:(?P<inside>[^{}]*)\}\})?")
_KEY = re.compile(r"[a-z][a-z0-9_]*|[A-Za-z][a-z0-9_]*:[a-z][a-z0-9_]*")
LINE_END = "\n"
LONGEST_HEADING = 200
# Names the table of those who share a side: {{figures:federation}} (figures_of_parties.py).
OF_PARTIES = "figures:"
PRACTICES_AND_PATIENTS = "practices and patients"
# As many as a sentence or a list names one by one.
MOST_NAMED = 5


class Mark(NamedTuple):
    """A blank as it is written; `key` is empty for one that is written wrongly."""

    written: str
    inside: str
    key: str
    is_closed: bool

    @property
    def is_own(self) -> bool:
        """Whether it is one for the agreement to fill in, and not one for its terms."""
        return bool(self.key) and ":" not in self.key

    def what_is_wrong(self, where: str, known: Collection[str]) -> str:
        """A sentence for a mark that is none of the known blanks; `where` names its clause."""
        if not self.is_closed:
            return (
                f"{where} has {self.written}, a blank without an end: take it out or write }}}} "
                "after its name."
            )
        if about := ABOUT.get(self.key):
            return (
                f"{where} has {self.written}, and the terms say nothing about {about}: change the "
                "terms, or take it out."
            )
        if self.key.startswith(OF_PARTIES):
            return (
                f"{where} has {self.written}, and the portal does not know the "
                f"{PRACTICES_AND_PATIENTS} of each of them: ask an administrator to enter them, "
                "or take it out."
            )
        meant = self.inside.lower().replace(" ", "_").replace("-", "_")
        names = get_close_matches(meant, [*known, *ABOUT], n=1) or list(known)[:MOST_NAMED]
        instead = f" or write its name as {or_list(map(written_as, names))}" if names else ""
        return f"{where} has {self.written}, which is no blank of this text: take it out{instead}."


def written_as(key: str) -> str:
    return f"{{{{{key}}}}}"


def marks_in(*texts: str) -> list[Mark]:
    """Every place that is not filled in, each once, in order of appearance."""
    found = (_mark(each) for text in texts for each in _MARK.finditer(text))
    return list(dict.fromkeys(found))


def _mark(found: re.Match[str]) -> Mark:
    if found["inside"] is None:
        rest = shortened(found.string[found.start() : found.start() + 60], 24)
        return Mark(rest, "", "", is_closed=False)
    inside = found["inside"].strip()
    key = inside if _KEY.fullmatch(inside) else ""
    return Mark(written_as(shortened(found["inside"], 60)), inside, key, is_closed=True)


def pieces_of(text: str) -> Iterator[str | Mark]:
    """The words of a text and its own blanks, in order. What else looks like a blank is words."""
    at = 0
    for each in _MARK.finditer(text):
        mark = _mark(each)
        if mark.is_own and not each["more"]:
            yield text[at : each.start()]
            yield mark
            at = each.end()
    yield text[at:]


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every blank that has a value filled in; the others stay as they are."""

    def filled(found: re.Match[str]) -> str:
        value = values.get(_mark(found).key)
        if not value:
            return found[0]
        return f"{found['more']}{_apart(found, value) if LINE_END in value else value}"

    return _MARK.sub(filled, text)


def _apart(found: re.Match[str], lines: str) -> str:
    """A list inside a paragraph, with an empty line between it and what stands beside it."""
    gap = LINE_END * 2
    before = found.string[: found.start()].rstrip(" ")
    after = found.string[found.end() :].lstrip(" ")
    first = gap if before and not before.endswith(gap) else ""
    return f"{first}{lines}{gap if after and not after.startswith(gap) else ''}"


def missing_in(texts: Iterable[str]) -> list[str]:
    """The keys of the text's own blanks still open, each once, in order of appearance."""
    return list(dict.fromkeys(mark.key for mark in marks_in(*texts) if mark.is_own))


def show_missing(text: str, labels: Mapping[str, str]) -> str:
    """The text with open blanks shown as what is missing, for reading and printing."""

    def shown(found: re.Match[str]) -> str:
        inside = (found["inside"] or "").strip()
        called = labels.get(inside) or _about(inside)
        return f"[not filled in: {called}]" if called else "[not filled in]"

    return _MARK.sub(shown, text)


def _about(inside: str) -> str:
    return PRACTICES_AND_PATIENTS if inside.startswith(OF_PARTIES) else ABOUT.get(inside, inside)


class OpenBlank(NamedTuple):
    """A blank that is open in a clause, with a sentence that names both."""

    clause: ClauseText | TemplateClause
    called: str
    sentence: str
    is_known: bool


def open_in(
    clauses: Sequence[ClauseText | TemplateClause], labels: Mapping[str, str]
) -> list[OpenBlank]:
    """All that is not filled in, in the order of the text; `labels` has the text's own blanks."""
    given = numbers(clause.kind for clause in clauses)
    return [
        each
        for number, clause in zip(given, clauses, strict=True)
        for each in _open_in(clause, f"Clause {number}", labels)
    ]


def wrong_in(clause: ClauseText | TemplateClause, labels: Mapping[str, str]) -> list[str]:
    """A sentence for each blank of this one clause that is none of the text's own."""
    found = _open_in(clause, f"“{clause.heading}”", labels)
    return [each.sentence for each in found if not each.is_known]


def _open_in(
    clause: ClauseText | TemplateClause, called: str, labels: Mapping[str, str]
) -> Iterator[OpenBlank]:
    for mark in marks_in(clause.heading, clause.body):
        if label := labels.get(mark.key):
            said = f"{called} has a blank that is not filled in: {label}."
            yield OpenBlank(clause, called, said, is_known=True)
        else:
            yield OpenBlank(clause, called, mark.what_is_wrong(called, labels), is_known=False)


def in_few_words(sentences: Sequence[str], of: str = "blank") -> str:
    """The first of them, and how many more there are."""
    more = len(sentences) - MOST_NAMED
    said = " ".join(sentences[:MOST_NAMED])
    return f"{said} The text has {plural(more, f'more {of}')} like that." if more > 0 else said
