"""A small SMTP server in a thread: it takes e-mails, refuses some, or falls silent."""

from __future__ import annotations

import socketserver
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event, Thread
from typing import Any, cast


@dataclass
class Sink:
    """What the server got, and how it behaves."""

    port: int = 0
    received: list[EmailMessage] = field(default_factory=list)
    # Whom the client named as readers, whatever the headers say.
    named: list[str] = field(default_factory=list)
    # Address -> what the server answers when it is named, for example "550 No such user".
    refuses: dict[str, str] = field(default_factory=dict)
    # "" answers; "greeting" says nothing at all; "data" takes the e-mail and hangs up without a
    # word; "body" takes it and says nothing, with the line open.
    silent_at: str = ""
    # Message-IDs of e-mails at which it falls silent so, and at no others.
    hangs_at: set[str] = field(default_factory=set)
    # After how many e-mails it hangs up without a word; 0 for never.
    hangs_up_after: int = 0
    # What it answers to every address that `refuses` does not name; "" takes them.
    refuses_all: str = ""
    # It offers TLS, and breaks it off.
    breaks_tls: bool = False
    connections: int = 0
    stopped: Event = field(default_factory=Event)

    def ids(self) -> list[str]:
        return [str(mail["message-id"]) for mail in self.received]

    def addresses(self) -> list[str]:
        return sorted(str(mail["to"]) for mail in self.received)


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.sink: Sink = cast("Any", self.server).sink
        self.sink.connections += 1
        self.taken = 0
        if self.sink.silent_at == "greeting":
            self.sink.stopped.wait()
            return
        self.say("220 sink.example")
        while line := self.rfile.readline().decode().strip():
            verb = line.partition(" ")[0].upper()
            if verb == "QUIT":
                self.say("221 bye")
                return
            if verb == "DATA" and not self.take():
                return
            if verb != "DATA":
                self.say(self.answer_to(verb, line))
            if verb == "STARTTLS":
                return

    def answer_to(self, verb: str, line: str) -> str:
        if verb == "RCPT":
            address = line[line.index("<") + 1 : line.index(">")]
            self.sink.named.append(address)
            return self.sink.refuses.get(address, self.sink.refuses_all or "250 ok")
        if verb == "EHLO" and self.sink.breaks_tls:
            return "250-sink.example\r\n250 STARTTLS"
        return "250 ok"

    def take(self) -> bool:
        """The e-mail; whether the server still talks afterwards."""
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        message = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.sink.received.append(message)
        if self.sink.silent_at == "body" or message["message-id"] in self.sink.hangs_at:
            self.sink.stopped.wait()
            return False
        if self.sink.silent_at == "data":
            return False
        self.say("250 taken")
        self.taken += 1
        return self.taken != self.sink.hangs_up_after

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A sender that was killed hung up; anything else is a fault of the test."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def running() -> Iterator[Sink]:
    sink = Sink()
    with _Server(("127.0.0.1", 0), _Session) as server:
        sink.port = server.server_address[1]
        cast("Any", server).sink = sink
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield sink
        sink.stopped.set()
        server.shutdown()


@contextmanager
def at_the_portal(settings: Any) -> Iterator[Sink]:
    """The portal sends to it; it waits a second for an answer."""
    with running() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = sink.port
        settings.EMAIL_TIMEOUT = 1
        yield sink
