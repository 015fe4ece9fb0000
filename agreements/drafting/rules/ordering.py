"""In which order clauses stand after one is moved."""

from __future__ import annotations

from collections.abc import Sequence

from agreements.models import ClauseKind


def order_after(kinds: Sequence[str], index: int, places: int) -> list[int]:
    """The old indexes in their new order, after one clause went up (-1) or down (1).

    A section takes its clauses with it and passes the whole section beside it; it never passes
    clauses that stand before all sections, as it would swallow them. What stands at an end stays.
    """
    is_section = kinds[index] == ClauseKind.SECTION
    blocks = _blocks(kinds) if is_section else [[i] for i in _all(kinds)]
    first = 1 if is_section and kinds[0] != ClauseKind.SECTION else 0
    place = next(number for number, block in enumerate(blocks) if index in block)
    moved = blocks.pop(place)
    blocks.insert(max(first, min(place + places, len(blocks))), moved)
    return [i for block in blocks for i in block]


def may_move(kinds: Sequence[str], index: int, places: int) -> bool:
    """Whether moving this clause changes anything."""
    return order_after(kinds, index, places) != _all(kinds)


def _blocks(kinds: Sequence[str]) -> list[list[int]]:
    """Sections with their clauses; what stands before the first section is a block of its own."""
    blocks: list[list[int]] = []
    for index, kind in enumerate(kinds):
        if kind == ClauseKind.SECTION or not blocks:
            blocks.append([])
        blocks[-1].append(index)
    return blocks


def _all(kinds: Sequence[str]) -> list[int]:
    return list(range(len(kinds)))
