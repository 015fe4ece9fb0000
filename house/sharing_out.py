"""Sums that are shared out in whole units, so that the parts add up exactly."""

from __future__ import annotations

from collections.abc import Sequence


def shared_out(total: int, weights: Sequence[int]) -> list[int]:
    """Each one's part of `total` by weight, in whole units, by largest remainder.

    Of equal remainders the first gets the unit. Without any weight nobody gets anything.
    """
    whole = sum(weights)
    if not whole:
        return [0 for _ in weights]
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: -remainders[place])
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts
