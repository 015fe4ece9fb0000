"""The line to the mail server: one connection for many e-mails, given up after any trouble."""

from __future__ import annotations

from contextlib import suppress
from types import TracebackType

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend


class Line:
    """Opened for the first e-mail, closed after the last.

    Each e-mail begins on a connection that has just answered: where a server hangs up between two,
    the next one is not taken for one that it perhaps has.
    """

    def __init__(self) -> None:
        self._open: BaseEmailBackend | None = None

    def __enter__(self) -> Line:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.give_up()

    def connection(self) -> BaseEmailBackend:
        """One that answers. Raises OSError where there is none."""
        if self._open and not _answers(self._open):
            self.give_up()
        if self._open is None:
            opened = get_connection()
            opened.open()
            self._open = opened
        return self._open

    def give_up(self) -> None:
        """What went over it is marked already: a server that is rude at the end changes nothing."""
        if self._open:
            with suppress(OSError):
                self._open.close()
        self._open = None


def _answers(opened: BaseEmailBackend) -> bool:
    server = getattr(opened, "connection", None)
    if server is None:  # what writes to a file or to the memory has no server
        return True
    try:
        code, _ = server.noop()
    except OSError:
        return False
    return bool(code == 250)
