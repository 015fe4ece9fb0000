"""A Redis of a test's own, which it may hold up."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import sleep
from typing import Any

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as NoConnection

from house.nudges import _Broker

needs_redis = pytest.mark.skipif(not shutil.which("redis-server"), reason="Needs redis-server.")


@dataclass
class Broker:
    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def nudges(self) -> int:
        """How many it was given."""
        return int(Redis(port=self.port).llen("celery"))

    def hang(self) -> None:
        """It takes connections, and says nothing any more."""
        self.process.send_signal(signal.SIGSTOP)

    def hang_at_work(self) -> None:
        """The same while a worker has a task in hand, so that it cannot say when it is done."""
        while not Redis(port=self.port).hlen("unacked"):
            sleep(0.001)
        self.hang()

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def die(self) -> None:
        self.process.kill()
        self.process.wait()

    def come_back(self) -> None:
        """After it died: with nothing of what it had."""
        self.process = _started(self.port)
        _wait_for(self)

    def lose_all(self) -> None:
        Redis(port=self.port).flushall()


@contextmanager
def at_the_portal(settings: Any) -> Iterator[Broker]:
    """The portal nudges by way of it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    broker = Broker(port, _started(port))
    try:
        _wait_for(broker)
        settings.CELERY_BROKER_URL = broker.url
        ask_again()
        yield broker
    finally:
        broker.go_on()
        broker.process.terminate()
        broker.process.wait()
        ask_again()


def _started(port: int) -> subprocess.Popen[bytes]:
    command = ["redis-server", "--port", str(port), "--save", "", "--logfile", "/dev/null"]
    return subprocess.Popen([*command, "--bind", "127.0.0.1"])


def ask_again() -> None:
    """As if the time had passed for which a broker that failed is left alone."""
    _Broker.asked_again_at = 0.0


def _wait_for(broker: Broker) -> None:
    for _ in range(200):
        try:
            broker.nudges()
            return
        except NoConnection:
            sleep(0.02)
    raise TimeoutError("redis-server does not start.")
