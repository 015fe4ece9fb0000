"""What looks like the name of a person in what somebody typed: to ask about, never to refuse.

Two rules: a title before a capitalised word, and two or more capitalised words in a row of which
none says that it is an organisation, a place or a date. It misses names and finds what is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_TITLE: Final = r"(?:Dr|Doctor|Mr|Mrs|Ms|Miss|Mx|Prof|Professor|Sir|Dame|Lord|Lady|Nurse|Sister|GP)"
_UP, _LOW = "[A-ZÀ-Þ]", "[a-zà-ÿ]"
# "Smith", "O'Neill", "McDonald", "Anna-Maria".
_PART: Final = rf"{_UP}(?:['\u2019]{_UP})?{_LOW}+(?:{_UP}{_LOW}+)?"
_WORD: Final = rf"(?:{_PART}(?:[-'\u2019](?:{_PART}|{_LOW}+))*)"
_INITIAL: Final = rf"(?:{_UP}\.?)"
_WITH_TITLE: Final = re.compile(
    rf"\b{_TITLE}\.?[ \t]+(?:{_INITIAL}[ \t]+)*{_WORD}(?:[ \t]+{_WORD})*"
)
_IN_A_ROW: Final = re.compile(rf"\b{_WORD}(?:[ \t]+{_INITIAL})*(?:[ \t]+{_WORD})+")
# A row with one of these is an organisation, a place, a document or a date.
_ORGANISATIONS_AND_DATES: Final = """
academy agency area april association august authority avenue board body branch building care
centre charity chair clinic clinical close code college commission commissioner commissioning
committee community council court county december department director district drive east
emergency england english executive february federation foundation friday general group
hall health healthwatch hospital house hub improvement information january july june lane
list local london march may medical medicines memorandum minor monday monitor national network
nhs north nursing office officer ombudsman out partners partnership pharmacy places plan
policy practice primary programme protection public quality region regional register
resilience road royal safeguarding saturday school scotland secondary section service services
september social south square street sunday support surgery team terrace thursday tower town
treatment trust tuesday union unit university urgent village wales walk ward wednesday
west winter working yorkshire october november
"""
_NO_NAME: Final = frozenset(_ORGANISATIONS_AND_DATES.split())
# Words that begin a sentence, and are capitalised for that alone.
_FIRST_WORDS: Final = """
a about after all an and another any as asked at because before both but by each for from has
have he her his how if in is it its last later many more most no nobody not now of on one our
patients people several she since so some staff that the their then there these they this
those three two under until was we were what when where which while who with you your
"""
_BEGINS: Final = frozenset(_FIRST_WORDS.split())


def names_in(text: str) -> list[str]:
    """What looks like somebody's name, as it was typed, each once and in order."""
    found: dict[int, str] = {}
    for at, words in _with_titles(text):
        found[at] = words
    plain = _WITH_TITLE.sub(lambda match: "." * len(match[0]), text)
    for at, words in _in_a_row(plain):
        found[at] = words
    return list(dict.fromkeys(found[at] for at in sorted(found)))


def _with_titles(text: str) -> Iterator[tuple[int, str]]:
    for match in _WITH_TITLE.finditer(text):
        words = match[0].split()
        if not _is_no_name(words[1:]):
            yield match.start(), " ".join(words)


def _in_a_row(text: str) -> Iterator[tuple[int, str]]:
    for match in _IN_A_ROW.finditer(text):
        words = match[0].split()
        while words and words[0].lower() in _BEGINS:
            words = words[1:]
        if len(words) > 1 and not _is_no_name(words):
            yield match.start(), " ".join(words)


def _is_no_name(words: list[str]) -> bool:
    """Also "Beckside's": the owner of something is asked about by its other words."""
    return any(re.split(r"['\u2019]", word)[0].lower() in _NO_NAME for word in words)
