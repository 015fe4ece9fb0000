"""Whether two readings of a text differ in spelling and references alone (record 0065).

Whether words that differ by a few letters mean the same only people know: they sign both readings.
Here stands what no correction ever touches, whoever signs it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from agreements.drafting.differing import differing
from agreements.drafting.similar import is_spelling

_WORD = re.compile(
    r"[\w.+-]+@[\w.-]*\w|\w+://[^\s)>\]]*\w|[£$€%<>≤≥=±÷\u00d7|]"
    r"|(?:(?<!\S)[-\u2212](?=\d))?\w+(?:[.,:/]\d+)*(?:['\u2019\u2011-]\w+)*"
)
# What stands before the number or letter of what a text refers to.
_REFERS = re.compile(
    r"(?:clause|section|paragraph|part|table|figure|page|appendix|annex|schedule|chapter|column|row"
    r")(?:s|es)?|appendices"
)
_JOINS: Final = ("and", "or", "to")
_NUMBERS = re.compile(
    r".*\d.*|[£$€%]|(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty"
    r"|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-?\w+)?|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|[<>≤≥=±÷\u00d7]|(?:bi-?|semi-?|half-?)?annual(?:ly)?|biennial(?:ly)?|fortnight(?:s|ly)?|double|pounds?|pence|percent"
    r"|triple|half|quarter|quarterly|twice|once|first|second|third|dozen|hundreds?|thousands?|millions?"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:hour|day|week|month|year)s?|daily|weekly|monthly|yearly"
)
# Whether something has to be done, or not, by whom and of what: never a matter of spelling.
_WEIGHTY: Final = re.compile(
    "and|or|if|not|no|nor|never|none|neither|only|all|any|each|every|both|either|some|may|might|must"
    "|shall|should|will|would|can|cannot|could|need|unless|until|except|without|within|before|after"
    "|by|between|jointly|at|least|most|more|less|over|under|above|below|up"
)
# What may come or go where a sentence was not whole.
_SMALL: Final = re.compile("an?|the|of|to|in|on|that|is|are|be|been|was|were")
# Where "not" or "no" may be written together with the next word.
_TOGETHER: Final = {"cannot", "noone", "nobody", "nothing", "nowhere", "nevertheless"}


def capitals_in(name: str) -> set[str]:
    """The words of a party's name that have a capital letter."""
    return {word for word in _WORD.findall(name) if word[0].isupper()}


def changed_beyond(old: str, new: str, names: Collection[str] = ()) -> Iterator[str]:
    """What differs between two readings beyond spelling and references, as sentences. `names` are
    words that are names wherever they stand."""
    found = list(_WORD.finditer(old))
    before, after = [each[0] for each in found], _WORD.findall(new)
    for i, j, k, m in differing(before, after):
        was, now = before[i:j], after[k:m]
        if _is_reference(before, i, was) and _is_reference(after, k, now):
            continue
        if not now and _is_doubled(before, i, j):
            continue
        named = any(word in names for word in (*was, *now))
        if why := _beyond(was, now, starts=_starts(old, found, i) and not named):
            yield f"{_said(was, now)} {why}"


def _beyond(was: Sequence[str], now: Sequence[str], *, starts: bool) -> str:
    """Why this is no correction; empty where it is one."""
    words = [word.lower() for word in (*was, *now)]
    if _is_run_together(was, now) and not any(map(_has_digit, words)):
        return ""
    if untouched := next(filter(None, map(_untouched, words)), ""):
        return untouched
    if _is_name(was, starts=starts) and _is_name(now, starts=starts):
        return "may be a name."
    if all(_SMALL.fullmatch(word) for word in words):
        return ""
    if len(was) == len(now):
        pairs = zip(was, now, strict=True)
        return (
            "" if all(is_spelling(w.lower(), n.lower()) for w, n in pairs) else "is another word."
        )
    if not was or not now:
        return "adds or takes out words."
    one, other = _run_together(was), _run_together(now)
    return "" if is_spelling(one, other) else "is another wording."


def _untouched(word: str) -> str:
    """Why no correction touches this word; empty of most."""
    if "@" in word or "://" in word:
        return "is an address."
    if word == "|":
        return "moves something in a table."
    if _WEIGHTY.fullmatch(word):
        return "says who has to do what, or when."
    return "is a number, a date or a time." if _is_number(word) else ""


def _is_number(word: str) -> bool:
    return _has_digit(word) or bool(_NUMBERS.fullmatch(word))


def _is_name(words: Sequence[str], *, starts: bool) -> bool:
    """Whether one of the words has a capital that no sentence gives it."""
    own = words[1:] if starts and words and words[0][1:].islower() else words
    return any(word[:1].isupper() for word in own)


def _is_doubled(words: Sequence[str], i: int, j: int) -> bool:
    """Whether a word stands there twice, which is no number."""
    run, length = list(words[i:j]), j - i
    twice = run in (list(words[i - length : i]), list(words[j : j + length]))
    return twice and not any(_is_number(word.lower()) for word in run)


def _is_run_together(was: Sequence[str], now: Sequence[str]) -> bool:
    """Whether the same letters are written as one word or as two, and no "not" is lost."""
    if _run_together(was) != _run_together(now):
        return False
    lost = {word.lower() for word in was} ^ {word.lower() for word in now}
    return not lost & {"not", "no"} or _run_together(was) in _TOGETHER


def _run_together(words: Sequence[str]) -> str:
    return re.sub(r"['\u2019\u2011-]", "", "".join(words).lower())


def _has_digit(word: str) -> bool:
    return any(letter.isnumeric() for letter in word)


def _is_reference(words: Sequence[str], at: int, run: Sequence[str]) -> bool:
    """ "Table 4", or the 4 after "Table"."""
    follows = words[at + len(run)] if at + len(run) < len(words) else ""
    if not run or _is_number(follows.lower()):
        return False  # "a schedule of 4 hours" refers to nothing
    first = run[0].lower()
    if _REFERS.fullmatch(first):
        return len(run) == 2 and _is_mark(run[1])
    return len(run) == 1 and _is_mark(run[0]) and _is_referred(words, at)


def _is_referred(words: Sequence[str], at: int) -> bool:
    """Whether "Table", or "clauses 4 and", stands before it."""
    before = at - 1
    while before > 0 and (_is_mark(words[before]) or words[before] in _JOINS):
        before -= 1
    first = words[before].lower() if before >= 0 else ""
    is_next = before == at - 1 or first.endswith(("s", "appendices"))
    return bool(_REFERS.fullmatch(first)) and is_next


def _is_mark(word: str) -> bool:
    return (
        word[0].isdigit()
        or (len(word) == 1 and word.isalpha())
        or bool(re.fullmatch(r"[ivxIVX]+", word))
    )


def _starts(text: str, words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether the word begins a sentence or a line: its capital is no sign of a name."""
    if at == 0 or at == len(words):
        return at == 0
    return bool(re.search(r"[.?!:\n]", text[words[at - 1].end() : words[at].start()]))


def _said(was: Sequence[str], now: Sequence[str]) -> str:
    if not was:
        return f"“{_short(now)}” was added:"
    if not now:
        return f"“{_short(was)}” was taken out:"
    return f"“{_short(now)}” in place of “{_short(was)}”"


def _short(words: Sequence[str]) -> str:
    more = " …" if len(words) > _SHOWN else ""
    return f"{' '.join(words[:_SHOWN])}{more}"


# So many words name the place.
_SHOWN: Final = 12
