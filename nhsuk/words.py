"""Sentences made from a label, so that an error says what to do in the field's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Letters whose names begin with a vowel: "an MoU", "an NHS number".
_SOUNDS_LIKE_VOWEL = "AEFHILMNORSX"
# What a label may begin with that takes no article: "Choose who signs first".
_NO_ARTICLE = tuple(
    f"{word} "
    for word in (
        *("your", "the", "a", "an", "this", "these", "any", "all", "no", "their", "its"),
        *("who", "whom", "what", "when", "where", "which", "why", "how", "whether", "if"),
    )
)


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun, "1 clause", "1,204 clauses"; `many` for nouns that do not add s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def and_list(names: Iterable[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    *most, last = list(names) or [""]
    return f"{', '.join(most)} and {last}" if most else last


_SPELLED = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def spelled(number: int) -> str:
    """A count in words up to twelve, "six"; above that in figures, "18"."""
    return _SPELLED[number] if 0 <= number < len(_SPELLED) else f"{number:,}"


def in_sentence(label: str) -> str:
    """A label as it stands inside a sentence: "Key contact" as "key contact".

    Abbreviations and names keep their capitals: "MoU", "Governing Body".
    """
    label = label.strip().rstrip(":?")
    words = label.split()
    if not words or any(letter.isupper() for letter in words[0][1:]):
        return label
    if len(words) > 1 and words[1][0].isupper() and words[1][1:].islower():
        return label
    return label[0].lower() + label[1:]


def noun(label: str) -> str:
    """A label with the article that fits: "a title", "an MoU", "the date of review", "parties"."""
    phrase = in_sentence(label)
    lowered = phrase.lower()
    if not phrase or lowered.startswith(_NO_ARTICLE) or _is_plural(lowered):
        return phrase
    if " of " in lowered or lowered.startswith(("date", "first ", "last ")):
        return f"the {phrase}"
    return f"{'an' if _begins_with_vowel_sound(phrase) else 'a'} {phrase}"


def ask(verb: str, label: str) -> str:
    """What to do, "Enter a title"; for a label that is a question, "Enter an answer to: …"."""
    if label.strip().endswith("?"):
        return f"{verb} an answer to: {label.strip()}"
    return f"{verb} {noun(label)}"


def _is_plural(phrase: str) -> bool:
    head = re.split(r" (?:of|for|in|to|with|at|by) ", phrase)[0]
    return head.endswith("s") and not head.endswith(("ss", "us", "is"))


def _begins_with_vowel_sound(phrase: str) -> bool:
    first = phrase.split()[0]
    if any(letter.isupper() for letter in first[1:]):
        return first[0].upper() in _SOUNDS_LIKE_VOWEL
    if re.match(r"(?:uni|use|user|eu|one)", first.lower()):
        return False
    return first[0].lower() in "aeiou" or first.lower().startswith(("hour", "honest"))
