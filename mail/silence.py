"""A mail server that says nothing holds one sender; the others leave it alone.

Known to all senders of all processes, by way of the cache (in the database): whether the server was
silent, and that one sender is finding out whether it talks. Losing either costs a wait, no e-mail.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from socket import gethostname
from time import monotonic, sleep
from typing import Final

from django.conf import settings
from django.core.cache import cache

_SILENT: Final = "mail-server:silent"
_ASKED: Final = "mail-server:being-asked"
# Seconds: how long one that was silent is left alone; how long a sender waits for another's answer.
LEFT_ALONE: Final = 50
_NOBODY: Final = "nobody"
_PATIENCE: Final = 1.0
_STEP: Final = 0.05


class Silent(OSError):
    """The server is silent, or another sender is still waiting to hear from it."""


def is_left_alone() -> bool:
    """Whether the server was silent a moment ago, or is being asked whether it still is."""
    return cache.get(_SILENT) is not None and cache.get(_ASKED) is not None


@contextmanager
def asking() -> Iterator[None]:
    """While this sender waits for the server's first words, no other one does. Raises Silent."""
    until = monotonic() + _PATIENCE
    # Reading first removes one that has run out: of two that add, only one can.
    while _somebody_asks() or not cache.add(
        _ASKED, _this_sender(), 2 * settings.EMAIL_TIMEOUT + LEFT_ALONE
    ):
        if monotonic() > until or cache.get(_SILENT):
            raise Silent("Another sender waits for the mail server's answer.")
        sleep(_STEP)
    try:
        yield
    except OSError as problem:
        if was_silent(problem):
            leave_alone()
            raise
        cache.delete(_ASKED)
        raise
    cache.delete_many([_ASKED, _SILENT])


def _somebody_asks() -> bool:
    """Whether one asks; a sender of this machine that was killed meanwhile asks no more."""
    asks = cache.get(_ASKED)
    if asks is not None and _is_gone(asks):
        cache.delete(_ASKED)
        return False
    return asks is not None


def _this_sender() -> str:
    return f"{gethostname()} {os.getpid()}"


def _is_gone(sender: str) -> bool:
    """Of a sender on another machine nobody here knows: its word runs out by itself."""
    host, _, process = sender.partition(" ")
    if host != gethostname():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # it lives, as another user's
        return False
    return False


def leave_alone() -> None:
    """Said by the sender that waited for it in vain: one asks again after a while."""
    cache.set(_SILENT, True, None)
    cache.set(_ASKED, _NOBODY, LEFT_ALONE)


def was_silent(problem: OSError) -> bool:
    """Whether time ran out; smtplib says that the connection closed, and why as its context."""
    return isinstance(problem, TimeoutError) or isinstance(problem.__context__, TimeoutError)
