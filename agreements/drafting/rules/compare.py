"""What differs between two texts: word by word, and clause by clause. Nothing is left out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from agreements.core.texts import numbers
from agreements.models import ClauseText
from nhsuk.components import Words

# A word, or the white space between two. Both are compared, so that nothing gets lost.
_PIECES = re.compile(r"\s+|\S+")
Step = tuple[str, int, int, int, int]
# Finding the shortest way takes time by the product of both lengths: above this, no search.
LONGEST = 9_000  # pieces; 20,000 characters of plain English are about 6,700


@dataclass(frozen=True)
class NumberedText:
    """A clause as it stands in one version."""

    number: str
    text: ClauseText


@dataclass(frozen=True)
class ClauseChange:
    """One clause in two versions; `before` or `after` is None where it was not there."""

    key: str
    before: NumberedText | None
    after: NumberedText | None
    moved: bool
    heading: list[Words]
    body: list[Words]

    @property
    def reworded(self) -> bool:
        return any(run.kind != "same" for run in (*self.heading, *self.body))

    @property
    def relabelled(self) -> bool:
        """Its kind, its status or who owes it changed."""
        if self.before is None or self.after is None:
            return False
        old, new = self.before.text, self.after.text
        return any(getattr(old, name) != getattr(new, name) for name in LABELS)

    @property
    def is_same(self) -> bool:
        there = self.before is not None and self.after is not None
        return there and not (self.moved or self.reworded or self.relabelled)


LABELS = ("kind", "status", "owed_by", "bindings")


def compare_words(old: str, new: str) -> list[Words]:
    """The runs of words that stayed, came and went, in reading order.

    What stayed and came, joined, is the new text; what stayed and went, joined, is the old one.
    """
    if old == new:
        return [Words("same", old)] if old else []
    a, b = _PIECES.findall(old), _PIECES.findall(new)
    if max(len(a), len(b)) > LONGEST:
        steps: Sequence[Step] = [("replace", 0, len(a), 0, len(b))]
    else:
        steps = SequenceMatcher(None, a, b, autojunk=True).get_opcodes()
    runs: list[Words] = []
    came = went = ""
    for place, (step, i1, i2, j1, j2) in enumerate(steps):
        if step == "equal" and not _only_joins(steps, place, a[i1:i2]):
            runs += _changes(went, came)
            runs.append(Words("same", "".join(a[i1:i2])))
            came = went = ""
        else:
            went, came = went + "".join(a[i1:i2]), came + "".join(b[j1:j2])
    return runs + _changes(went, came)


def _only_joins(steps: Sequence[Step], place: int, run: list[str]) -> bool:
    """A space between two changes: read as part of them, or each word would stand alone."""
    inside = 0 < place < len(steps) - 1
    return inside and len(run) == 1 and run[0].isspace()


def _changes(went: str, came: str) -> list[Words]:
    runs = [Words("deleted", went), Words("inserted", came)]
    return [run for run in runs if run.text]


def compare_clauses(older: Sequence[ClauseText], newer: Sequence[ClauseText]) -> list[ClauseChange]:
    """Every clause of either version, in the newer one's order; what went stands where it was."""
    before, after = _by_key(older), _by_key(newer)
    moved = _moved([key for key in before if key in after], list(after))
    return [
        _change(key, before.get(key), after.get(key), moved=key in moved)
        for key in _reading_order(list(before), list(after))
    ]


def _change(
    key: str, before: NumberedText | None, after: NumberedText | None, *, moved: bool
) -> ClauseChange:
    old, new = before and before.text, after and after.text
    return ClauseChange(
        key=key,
        before=before,
        after=after,
        moved=moved,
        heading=compare_words(old.heading if old else "", new.heading if new else ""),
        body=compare_words(old.body if old else "", new.body if new else ""),
    )


def _by_key(texts: Sequence[ClauseText]) -> dict[str, NumberedText]:
    given = numbers(text.kind for text in texts)
    pairs = zip(texts, given, strict=True)
    return {text.clause.key: NumberedText(number, text) for text, number in pairs}


def _reading_order(before: list[str], after: list[str]) -> Iterator[str]:
    """The newer order; a clause that went follows the one that it followed."""
    kept = set(after)
    gone_after: dict[str | None, list[str]] = {}
    last: str | None = None
    for key in before:
        if key in kept:
            last = key
        else:
            gone_after.setdefault(last, []).append(key)
    yield from gone_after.get(None, [])
    for key in after:
        yield key
        yield from gone_after.get(key, [])


def _moved(common: list[str], after: list[str]) -> set[str]:
    """The fewest clauses that must have moved: all but a longest run that kept its order."""
    place = {key: index for index, key in enumerate(after)}
    ends: list[int] = []
    length_at: list[int] = []
    for key in common:
        length = bisect_left(ends, place[key])
        ends[length : length + 1] = [place[key]]
        length_at.append(length)
    kept: set[str] = set()
    wanted = len(ends) - 1
    limit = len(after)
    for key, length in zip(reversed(common), reversed(length_at), strict=True):
        if length == wanted and place[key] < limit:
            kept.add(key)
            wanted, limit = wanted - 1, place[key]
    return set(common) - kept
