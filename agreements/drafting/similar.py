"""Whether a word may be another one with a slip of the pen in it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

_TURNS: Final = ("un", "in", "im", "ir", "il", "dis", "non", "mis", "de", "re", "ex", "bi")
# Of two words that differ in these alone one is the other's opposite, or another's part.
_HEADS: Final = (
    *_TURNS, "min", "max", "hypo", "hyper", "intra", "inter", "pre", "pro", "sub", "sup"
)  # fmt: skip
_TAILS: Final = re.compile("(.+)(ee|er|or)(s?)")
# Words for people: another one is somebody else.
_WHO: Final = {
    word: number
    for number, words in enumerate(
        ("we us our ours", "you your yours", "he him his", "she her hers", "it its",
         "they them their theirs")
    )
    for word in words.split()
}  # fmt: skip
# No slip of the pen is longer.
_LONGEST: Final = 60
# In a word of so many letters two may be wrong, in a shorter one one.
_LONG: Final = 6


def is_spelling(was: str, now: str) -> bool:
    """Whether a letter or two differ, and nothing that makes it another word."""
    longest = max(len(was), len(now))
    if longest > _LONGEST:
        return False
    wrong = 1 if longest < _LONG else 2
    if longest - min(len(was), len(now)) > wrong or _turned(was, now):
        return False
    same = sum(block.size for block in SequenceMatcher(None, was, now, False).get_matching_blocks())
    return longest - same <= wrong


def _turned(was: str, now: str) -> bool:
    """ "able" and "unable", "minimum" and "maximum", "employer" and "employee", "our", "your"."""
    if any({was, now} == {word, f"{start}{word}"} for start in _TURNS for word in (was, now)):
        return True
    if was in _WHO and now in _WHO and _WHO[was] != _WHO[now]:
        return True
    stems = ({h: word[len(h) :] for h in _HEADS if word.startswith(h)} for word in (was, now))
    one, other = stems
    if any(a != b and len(x) > 2 and x == y for a, x in one.items() for b, y in other.items()):
        return True
    ours, theirs = _TAILS.fullmatch(was), _TAILS.fullmatch(now)
    if not (ours and theirs and ours[1] == theirs[1]):
        return False
    return "ee" in (ours[2], theirs[2]) and ours[2] != theirs[2]
