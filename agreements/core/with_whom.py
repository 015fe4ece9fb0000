"""Whom an agreement is with: the names of the other parties, in short."""

from __future__ import annotations

from collections.abc import Sequence

from nhsuk.words import plural


def with_whom(others: Sequence[str]) -> str:
    """ "with Eastmoor CCG and 8 others"."""
    return f"with {in_short(others)}" if others else "with no other party"


def in_short(names: Sequence[str]) -> str:
    """The first, and how many more there are: "Eastmoor CCG and 8 others"."""
    more = len(names) - 1
    return names[0] + (f" and {plural(more, 'other')}" if more else "")
