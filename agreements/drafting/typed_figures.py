"""Figures that somebody typed into a clause although the terms say them, and say otherwise.

Nothing is refused for it: before a text is frozen whoever freezes it reads what differs. A clause
that a keeping is bound to speaks of that term; one that is bound to nothing, where its sentence
says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from agreements.core.texts import numbers
from agreements.drafting.amounts import (
    Amount,
    days,
    hours,
    levels,
    meetings_a_year,
    months,
    sources,
)
from agreements.models import ClauseText, TemplateClause, Version
from agreements.terms import Sides, Terms, in_words
from house.canonical import fingerprint
from nhsuk.words import and_list

_SENTENCES = re.compile(r"(?<=[.?!])\s+|\n+")


class Spoken(NamedTuple):
    """A term that people also type: where a sentence speaks of it, and what amounts it may say.

    `always` has to stand in the sentence; `alone` too, where the clause is bound to nothing.
    """

    key: str
    binding: str
    alone: str
    amounts: Callable[[str], Iterator[Amount]]
    right: Callable[[Terms], Collection[int | None]]
    always: str = ""
    after: str = ""

    def is_in(self, sentence: str, bindings: Sequence[str]) -> bool:
        wanted = self.always
        if self.binding not in bindings:
            if bindings:
                return False
            wanted += self.alone
        return bool(re.match(wanted, sentence, re.IGNORECASE))

    def said(self, words: Mapping[str, str]) -> str:
        return f"{words[self.key]}{self.after}" if self.key in words else ""


def _all(*patterns: str) -> str:
    return "".join(rf"(?=.*\b(?:{pattern}))" for pattern in patterns)


_SHOWN_EARLY = "drafts?\\b|before|ahead|notice"
SPOKEN: tuple[Spoken, ...] = (
    Spoken(
        "lead:publication", "publication_lead_time", _all("publi|announce", _SHOWN_EARLY), hours,
        lambda terms: [terms.lead_times.publication_hours],
    ),
    Spoken(
        "lead:press_release", "press_release_lead_time", _all("press release", _SHOWN_EARLY), hours,
        lambda terms: [terms.lead_times.press_release_hours],
    ),
    Spoken(
        "meetings:count", "meetings", _all("meet", "parties|we\\b|both"), meetings_a_year,
        lambda terms: [each.in_a_year for each in terms.meetings.series] or [0], after=" a year",
    ),
    Spoken(
        "sources:count", "meetings", _all("agenda|meet"), sources,
        lambda terms: [len(each.topics) for each in terms.meetings.series] or [0],
    ),
    Spoken(
        "term:minimum", "minimum_term", _all("at least", "runs?|in force|lasts?|stays?"), months,
        lambda terms: [terms.minimum_months],
    ),
    Spoken(
        "term:notice", "notice", _all("notice", "end|terminat|leave|withdraw"), months,
        lambda terms: [terms.period.notice_months or 0],
    ),
    Spoken(
        "review:after", "review", _all("review", "mou|memorandum|agreement|parties|this"), months,
        lambda terms: [terms.review.after_months] if terms.review else [],
    ),
    Spoken(
        "review:reminders", "review", _all("review"), days,
        lambda terms: terms.review.offsets_days if terms.review else [], always=_all("remind"),
    ),
    Spoken(
        "contacts:confirmed", "key_contacts", _all("contact"), months,
        lambda terms: [terms.contacts_confirmed_months or 0], always=_all("confirm|check"),
    ),
    Spoken(
        "levels:count", "escalation", _all("disagree|dispute|escalat|settle"), levels,
        lambda terms: [len(terms.levels)],
    ),
)  # fmt: skip


def typed_against(
    clauses: Sequence[ClauseText | TemplateClause], terms: Terms, sides: Sides
) -> list[str]:
    """A sentence for each: "Clause 4.2 says 72 hours; the terms say 96 hours."

    `clauses` are all of the text, as they were written: what a blank prints is no figure of theirs.
    """
    words = in_words(terms, sides)
    found = (
        f"Clause {number} says {written}; {say}."
        for number, clause in zip(numbers(c.kind for c in clauses), clauses, strict=True)
        for written, say in _in(clause, terms, words)
    )
    return list(dict.fromkeys(found))


def _in(
    clause: ClauseText | TemplateClause, terms: Terms, words: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    text = f"{as_written(clause).heading}\n{as_written(clause).body}".replace("*", "")
    for sentence in _SENTENCES.split(text):
        spoken = [each for each in SPOKEN if each.is_in(sentence, clause.bindings)]
        # One amount may be that of any term with its unit: "72 or 24 hours".
        for read in dict.fromkeys(each.amounts for each in spoken):
            those = [each for each in spoken if each.amounts is read]
            right = {value for each in those for value in each.right(terms)}
            for amount in read(sentence):
                if amount.value not in right:
                    yield amount.written, _the_terms_say(those, words)


def _the_terms_say(those: Sequence[Spoken], words: Mapping[str, str]) -> str:
    said = dict.fromkeys(each.said(words) for each in those)
    return f"the terms say {and_list(filter(None, said)) or 'nothing of it'}"


def figures_read(version: Version, against: Sequence[str]) -> str:
    """Tells whether two people look at the same terms and the same figures against them."""
    return fingerprint([version.terms, list(against)])


class Written(NamedTuple):
    heading: str
    body: str


def as_written(clause: ClauseText | TemplateClause) -> Written:
    """The clause with the blanks for terms that it was written with, once it is frozen too."""
    heading = getattr(clause, "heading_with_blanks", "") or clause.heading
    return Written(heading, getattr(clause, "body_with_blanks", "") or clause.body)
