"""What a correction may change: spelling and references. All else is a variation (record 0065).

Whether words that differ by a few letters mean the same only people know: they sign both readings.
Here stands what no correction ever touches, whoever signs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from agreements.core.sides import names_in, names_to_freeze
from agreements.core.texts import texts_of
from agreements.drafting.wording import wording_of
from agreements.models import Change, ClauseText, Version
from agreements.terms import as_stored, party_key

_WORD = re.compile(r"[£$€%]|\w+(?:[.,:/]\d+)*(?:['\u2019\u2011-]\w+)*")
# What stands before the number or letter of what a text refers to.
_REFERS = re.compile(
    r"(?:clause|section|paragraph|part|table|figure|page|appendix|annex|schedule|chapter|column|row"
    r")(?:s|es)?|appendices"
)
_NUMBERS = re.compile(
    r".*\d.*|[£$€%]|(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty"
    r"|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-?\w+)?|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|half|quarter|quarterly|twice|once|first|second|third|dozen|hundreds?|thousands?|millions?"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:hour|day|week|month|year)s?|daily|weekly|monthly|yearly"
)
# Whether something has to be done, or not, by whom and of what: never a matter of spelling.
_WEIGHTY: Final = re.compile(
    "and|or|not|no|nor|never|none|neither|only|all|any|each|every|both|either|some|may|might|must"
    "|shall|should|will|would|can|cannot|could|need|unless|until|except|without|within|before|after"
    "|by|between|jointly|at|least|most|more|less|over|under|above|below|up"
)
# What may come or go where a sentence was not whole.
_SMALL: Final = re.compile("an?|the|of|to|in|on|that|is|are|be|been|was|were")
_TURNS: Final = ("un", "in", "im", "ir", "il", "dis", "non", "mis", "de")
# In a word of so many letters two may be wrong, in a shorter one one.
_LONG: Final = 6


def beyond_correction(draft: Version) -> list[str]:
    """What the draft of a correction changes of the text in force that only a variation may, as
    sentences; none of a draft that is no correction."""
    before = draft.agreement.in_force_version
    if before is None or draft.change is None or draft.change.kind != Change.Kind.CORRECTION:
        return []
    old, new = texts_of(before), wording_of(draft)
    found = [*_terms(before, draft), *_names(before, draft), *_structure(old, new)]
    by_key = {text.clause_id: text for text in old}
    for text in new:
        if was := by_key.get(text.clause_id):
            for what in (*changed_beyond(was.heading, text.heading),
                         *changed_beyond(was.body, text.body)):  # fmt: skip
                found.append(f"“{was.heading}”: {what}")
    return found


def changed_beyond(old: str, new: str) -> Iterator[str]:
    """What differs between two readings beyond spelling and references, as sentences."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for does, i, j, k, m in matcher.get_opcodes():
        if does == "equal":
            continue
        was, now = before[i:j], after[k:m]
        if _is_reference(before, i, was) and _is_reference(after, k, now):
            continue
        if why := _beyond(was, now, _is_start(old, before, i)):
            yield f"{_said(was, now)} {why}"


# So many words stand on each side of what a correction changes.
_AROUND: Final = 4


def readings(old: str, new: str) -> Iterator[tuple[str, str]]:
    """What each changed place reads in the two texts, with the words around it."""
    before, after = _plain(old).split(), _plain(new).split()
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    groups = matcher.get_grouped_opcodes(_AROUND)
    for group in groups:
        (_, i, _, k, _), (_, _, j, _, m) = group[0], group[-1]
        yield _quoted(before, i, j), _quoted(after, k, m)


def _plain(text: str) -> str:
    """Without the marks for bold."""
    return text.replace("**", "")


def _quoted(words: Sequence[str], first: int, last: int) -> str:
    start, end = "… " if first else "", " …" if last < len(words) else ""
    return f"“{start}{' '.join(words[first:last])}{end}”"


def _beyond(was: Sequence[str], now: Sequence[str], starts: bool) -> str:
    """Why this is no correction; empty where it is one."""
    words = [word.lower() for word in (*was, *now)]
    if _run_together(was) == _run_together(now) and not any(map(_has_digit, words)):
        return ""
    if any(_WEIGHTY.fullmatch(word) for word in words):
        return "says who has to do what, or when."
    if any(_NUMBERS.fullmatch(word) for word in words):
        return "is a number, a date or a time."
    if not starts and any(w[:1].isupper() for w in was) and any(n[:1].isupper() for n in now):
        return "may be a name."
    if all(_SMALL.fullmatch(word) for word in words):
        return ""
    if len(was) == len(now):
        pairs = zip(was, now, strict=True)
        return (
            "" if all(_is_spelling(w.lower(), n.lower()) for w, n in pairs) else "is another word."
        )
    if not was or not now:
        return "adds or takes out words."
    return "" if _is_spelling(_run_together(was), _run_together(now)) else "is another wording."


def _is_spelling(was: str, now: str) -> bool:
    """Whether a letter or two differ, and no syllable that turns the word round."""
    turned = any({was, now} == {word, f"{start}{word}"} for start in _TURNS for word in (was, now))
    longest = max(len(was), len(now))
    same = sum(block.size for block in SequenceMatcher(None, was, now, False).get_matching_blocks())
    return not turned and longest - same <= (1 if longest < _LONG else 2)


def _run_together(words: Sequence[str]) -> str:
    return "".join(words).lower().replace("-", "")


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _is_reference(words: Sequence[str], at: int, run: Sequence[str]) -> bool:
    """ "Table 4", or the 4 after "Table"."""
    if not run:
        return False
    first = run[0].lower()
    if _REFERS.fullmatch(first):
        return len(run) == 2 and _is_mark(run[1])
    before = words[at - 1].lower() if at else ""
    return len(run) == 1 and bool(_REFERS.fullmatch(before)) and _is_mark(run[0])


def _is_mark(word: str) -> bool:
    return word[0].isdigit() or len(word) == 1 or bool(re.fullmatch(r"[ivxIVX]+", word))


def _is_start(text: str, words: Sequence[str], at: int) -> bool:
    """Whether the word begins a sentence or a line: its capital is no sign of a name."""
    place = 0
    for word in words[:at]:
        place = text.index(word, place) + len(word)
    between = text[place : text.index(words[at], place)] if at < len(words) else ""
    return at == 0 or bool(re.search(r"[.?!:\n]", between))


def _said(was: Sequence[str], now: Sequence[str]) -> str:
    if not was:
        return f"“{' '.join(now)}” was added:"
    if not now:
        return f"“{' '.join(was)}” was taken out:"
    return f"“{' '.join(now)}” in place of “{' '.join(was)}”"


def _terms(before: Version, draft: Version) -> Iterator[str]:
    if as_stored(before.typed_terms) != as_stored(draft.typed_terms):
        yield "The terms changed."


def _names(before: Version, draft: Version) -> Iterator[str]:
    now = {
        party_key(p["slot"], p.get("number", 0)): p["name"]
        for p in names_to_freeze(draft.agreement)
    }
    if names_in(before) != now:
        yield "The parties, or their names, are others by now."


def _structure(old: Sequence[ClauseText], new: Sequence[ClauseText]) -> Iterator[str]:
    if [text.clause_id for text in old] != [text.clause_id for text in new]:
        yield "A clause was added, removed or moved."
    by_key = {text.clause_id: text for text in old}
    for text in new:
        was = by_key.get(text.clause_id)
        if was and any(getattr(was, name) != getattr(text, name) for name in _KEPT):
            yield f"“{text.heading}”: its kind, who has to do it, or what keeps it changed."


_KEPT: Final = ("kind", "status", "owed_by", "bindings")
