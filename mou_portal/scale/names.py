"""Invented names of places, as many as there are organisations."""

from __future__ import annotations

_FIRST = tuple(
    """
    Alder Ash Bracken Birch Calder Cold Dene Elm Fern Gorse Hazel Heather High Holm Ivy Kirk
    Lark Long Marsh Mill North Oak Rowan Rush Sand South Stone Thorn Whin Wood
""".split()  # noqa: SIM905 - to be read as words
)
_LAST = tuple(
    """
    beck bridge brook by combe cross dale den fell field ford gate ham hill hope law ley mere
    moor stead thorpe ton ward wick worth
""".split()  # noqa: SIM905 - to be read as words
)
MOST = len(_FIRST) * len(_LAST)


def town(number: int) -> str:
    """The name of this number, from 0 to `MOST` - 1; neighbours in number do not look alike."""
    last, first = divmod(number, len(_FIRST))
    return _FIRST[first] + _LAST[(last + first) % len(_LAST)]
