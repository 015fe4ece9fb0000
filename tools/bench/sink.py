"""A mail server that takes every e-mail, three milliseconds each, and keeps none."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

DELAY = 0.003  # seconds


class _Session(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self) -> None:
        assert isinstance(self.server, Sink)  # noqa: S101 - for the type checker
        self.server.connections += 1
        self._say("220 ready")
        for line in self.rfile:
            command = line.decode(errors="replace").strip().upper()
            if command == "DATA":
                self._take()
            elif command == "QUIT":
                return self._say("221 bye")
            else:
                self._say("250 ok")
        return None

    def _take(self) -> None:
        assert isinstance(self.server, Sink)  # noqa: S101
        self._say("354 go on")
        while self.rfile.readline().strip() != b".":
            pass
        time.sleep(DELAY)
        self.server.taken += 1
        self._say("250 taken")

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


class Sink(socketserver.ThreadingTCPServer):
    """How many connections there were, and how many e-mails it took."""

    daemon_threads = True
    allow_reuse_address = True
    connections = taken = 0

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def mail_sink() -> Iterator[Sink]:
    with Sink(("127.0.0.1", 0), _Session) as sink:
        threading.Thread(target=sink.serve_forever, daemon=True).start()
        yield sink
        sink.shutdown()
