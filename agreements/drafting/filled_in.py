"""What was filled into the wording of a template: found again by the words around it."""

from __future__ import annotations

from collections.abc import Mapping

from agreements.drafting.blanks import Mark, pieces_of
from agreements.models import TemplateClause


def filled_in(wording: TemplateClause | None, heading: str, body: str) -> dict[str, str] | None:
    """Blank -> what stands there, of a clause that is this wording of its template filled in.

    None where it is any other, or the template has no such clause.
    """
    if wording is None:
        return None
    found = (between(wording.heading, heading), between(wording.body, body))
    values: dict[str, str] = {}
    for each in found:
        if each is None or any(values.get(key, words) != words for key, words in each.items()):
            return None
        values |= each
    return values


def between(wording: str, text: str) -> dict[str, str] | None:
    """The same of one text: what stands between the words that both have; None where they differ.

    Once from left to right: it takes no longer for a text that does not fit.
    """
    first, *rest = pieces_of(wording)
    values: dict[str, str] = {}
    at = len(str(first))
    if not text.startswith(str(first)) or (not rest and at != len(text)):
        return None
    for place in range(0, len(rest), 2):
        mark, words = rest[place], str(rest[place + 1])
        is_last = place + 2 == len(rest)
        end = (
            len(text) - len(words) if is_last and text.endswith(words) else text.find(words, at + 1)
        )
        if not isinstance(mark, Mark) or end <= at or not _fits(values, mark.key, text[at:end]):
            return None
        if is_last and end + len(words) != len(text):
            return None
        values[mark.key], at = text[at:end], end + len(words)
    return values


def _fits(values: Mapping[str, str], key: str, words: str) -> bool:
    """Whether it can have been filled in: one line, without a blank in it, and everywhere alike."""
    plain = bool(words.strip()) and "\n" not in words and "{{" not in words
    return plain and values.get(key, words) == words
