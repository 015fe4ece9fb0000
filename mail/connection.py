"""The line to the mail server: one connection for many e-mails, given up after any trouble."""

from __future__ import annotations

from contextlib import suppress
from types import TracebackType

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from mail.silence import Silent, asking, leave_alone, was_silent


class Line:
    """Opened for the first e-mail, closed after the last.

    Each e-mail begins on a connection that has just answered: where a server hangs up between two,
    the next one is not taken for one that it perhaps has.
    """

    def __init__(self) -> None:
        self._open: BaseEmailBackend | None = None
        self._silences = 0
        # The server says nothing: this sender stops.
        self.is_dead = False

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
        """One that answers. Raises OSError where there is none, Silent where another one tries."""
        if self._open and not _answers(self._open):
            self.give_up()
        if self._open is None:
            self._open = self._call()
        return self._open

    def went_well(self) -> None:
        self._silences = 0

    def went_wrong(self, problem: OSError) -> None:
        """One silence may be a matter of the e-mail; two in a row are one of the server."""
        self._silences = self._silences + 1 if was_silent(problem) else 0
        if self._silences > 1:
            leave_alone()
            self.is_dead = True

    def give_up(self) -> None:
        """What went over it is marked already: a server that is rude at the end changes nothing."""
        if self._open:
            with suppress(OSError):
                self._open.close()
        self._open = None

    def _call(self) -> BaseEmailBackend:
        opened = get_connection()
        try:
            with asking():
                opened.open()
        except OSError as problem:
            self.is_dead = isinstance(problem, Silent) or was_silent(problem)
            raise
        return opened


def _answers(opened: BaseEmailBackend) -> bool:
    server = getattr(opened, "connection", None)
    if server is None:  # what writes to a file or to the memory has no server
        return True
    try:
        code, _ = server.noop()
    except OSError:
        return False
    return bool(code == 250)
