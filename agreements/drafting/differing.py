"""Where two sequences of words differ, fast enough for a page: also in a long table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

# So many comparisons of words that are alike are done at most; beyond it those that stand
# everywhere are no landmarks. What differs is then found in longer pieces, never in fewer.
_MOST = 1_000_000


class Differing(NamedTuple):
    """`before[i:j]` became `after[k:m]`; one of them may be empty."""

    i: int
    j: int
    k: int
    m: int


def differing(before: Sequence[str], after: Sequence[str]) -> Iterator[Differing]:
    """The places in order. What the two begin and end with alike is not looked at again."""
    first = _alike(before, after)
    last = _alike(before[first:][::-1], after[first:][::-1])
    old, new = before[first : len(before) - last], after[first : len(after) - last]
    matcher = SequenceMatcher(None, old, new, autojunk=_cost(old, new) > _MOST)
    for does, i, j, k, m in matcher.get_opcodes():
        if does != "equal":
            yield Differing(i + first, j + first, k + first, m + first)


def with_context(
    before: Sequence[str], after: Sequence[str], around: int
) -> Iterator[tuple[slice, slice]]:
    """The same with so many words on each side; places that are closer than that are one."""
    group: list[Differing] = []
    for each in differing(before, after):
        if group and each.i - group[-1].j > 2 * around:
            yield _piece(group, around)
            group = []
        group.append(each)
    if group:
        yield _piece(group, around)


def _piece(group: Sequence[Differing], around: int) -> tuple[slice, slice]:
    start, end = group[0], group[-1]
    return (
        slice(max(start.i - around, 0), end.j + around),
        slice(max(start.k - around, 0), end.m + around),
    )


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """So many words they begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _cost(one: Sequence[str], other: Sequence[str]) -> int:
    ours, theirs = Counter(one), Counter(other)
    return sum(number * theirs[word] for word, number in ours.items())
