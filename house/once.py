"""Reads that a page makes once, however many of its parts ask for them.

The parts of a page come from rooms that do not know of each other: the section of a room and its
answer to "is this kept?" rest on the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

Asked = ParamSpec("Asked")
Read = TypeVar("Read")

_known: ContextVar[dict[Any, Any] | None] = ContextVar("known", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """What is read in the block holds until its end: for views that only show something."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def once_a_page(read: Callable[Asked, Read]) -> Callable[Asked, Read]:
    """A read that `one_page` makes once; elsewhere it is made each time.

    It takes what can be hashed, by place, and nobody changes what it gives.
    """

    @wraps(read)
    def kept(*asked: Asked.args, **named: Asked.kwargs) -> Read:
        known = _known.get()
        if known is None:
            return read(*asked, **named)
        key = (kept, *asked)
        if key not in known:
            known[key] = read(*asked, **named)
        return cast("Read", known[key])

    return kept
