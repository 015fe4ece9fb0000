"""What holds for a text: the order of its clauses, and what differs from another."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import count

from agreements.models import ClauseKind
from nhsuk.components import Words

# A word, or the white space between two. Both are compared, so that nothing gets lost.
_PIECES = re.compile(r"\s+|\S+")
Step = tuple[str, int, int, int, int]
# Finding the shortest way takes time by the product of both lengths: above this, no search.
LONGEST = 9_000  # pieces; 20,000 characters of plain English are about 6,700


def free_key(stem: str, taken: Collection[str], between: str = "-") -> str:
    """A key for something new in a text; a number is added when the key is taken."""
    numbered = (f"{stem}{between}{number}" for number in count(2))
    return stem if stem not in taken else next(key for key in numbered if key not in taken)


def order_after(kinds: Sequence[str], index: int, places: int) -> list[int]:
    """The old indexes in their new order, after one clause went up (-1) or down (1).

    A section takes its clauses with it and passes the whole section beside it; it never passes
    clauses that stand before all sections, as it would swallow them. What stands at an end stays.
    """
    is_section = kinds[index] == ClauseKind.SECTION
    blocks = _blocks(kinds) if is_section else [[i] for i in range(len(kinds))]
    first = 1 if is_section and kinds[0] != ClauseKind.SECTION else 0
    place = next(number for number, block in enumerate(blocks) if index in block)
    moved = blocks.pop(place)
    blocks.insert(max(first, min(place + places, len(blocks))), moved)
    return [i for block in blocks for i in block]


def may_move(kinds: Sequence[str], index: int, places: int) -> bool:
    """Whether moving this clause changes anything."""
    return order_after(kinds, index, places) != list(range(len(kinds)))


def _blocks(kinds: Sequence[str]) -> list[list[int]]:
    """Sections with their clauses; what stands before the first section is a block of its own."""
    blocks: list[list[int]] = []
    for index, kind in enumerate(kinds):
        if kind == ClauseKind.SECTION or not blocks:
            blocks.append([])
        blocks[-1].append(index)
    return blocks


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


def reading_order(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """The keys of both texts in the newer order; one that went follows the one that it followed."""
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


def moved_in(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The fewest keys of both that must have moved: all but a longest run that kept its order."""
    place = {key: index for index, key in enumerate(after)}
    common = [key for key in before if key in place]
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
