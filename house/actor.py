"""Who is acting in this thread of work, so that history and audit always have a name.

The web sets it for each request, a task or command for its run; a service may set it for a
block. What nobody did by hand is done by the system account.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_current: ContextVar[Any] = ContextVar("current_actor", default=None)


def current_user() -> Any:
    """The user in whose name rows are written now, or None outside any `acting_as` block."""
    return _current.get()


@contextmanager
def acting_as(user: Any) -> Iterator[None]:
    token = _current.set(user)
    try:
        yield
    finally:
        _current.reset(token)
