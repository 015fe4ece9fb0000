"""S2: requests a second over HTTP, with two workers."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tools.bench.figures import Figure
from tools.bench.people import Seer

WORKERS = CONNECTIONS = 2
A_SECOND, SHARE_OF_FRAME = 100, 1 / 5
FRAME = "/accessibility/"  # a page of the portal without data


def measure_requests(seers: list[Seer], *, seconds: float) -> Iterator[Figure]:
    """The list beside a page without data, and that beside the least that Django answers."""
    with _served("tools.bench.hello:application") as port:
        least = _rate(port, "/", "", seconds)
    with _served("mou_portal.wsgi") as port:
        cookie = _cookie(seers[0])
        frame = _rate(port, FRAME, cookie, seconds)
        yield Figure(
            "S2", "a page without data", frame, "a second", limit=least, beside="bare Django",
            more=True,
        )  # fmt: skip
        for seer in seers[1:]:
            rate = _rate(port, "/agreements/", _cookie(seer), seconds)
            yield Figure(
                "S2", f"the list, {seer}", rate, "a second", goal=A_SECOND,
                limit=frame, beside="a page without data", times=SHARE_OF_FRAME, more=True,
            )  # fmt: skip


def _cookie(seer: Seer) -> str:
    cookies = seer.client().cookies
    return f"{settings.SESSION_COOKIE_NAME}={cookies[settings.SESSION_COOKIE_NAME].value}"


def _rate(port: int, path: str, cookie: str, seconds: float) -> float:
    """Requests a second, after one to warm up each worker."""
    for _ in range(2 * WORKERS):
        _ask(http.client.HTTPConnection("127.0.0.1", port), path, cookie)
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        counts = list(pool.map(lambda _: _ask_until(until, port, path, cookie), range(CONNECTIONS)))
    return sum(counts) / seconds


def _ask_until(until: float, port: int, path: str, cookie: str) -> int:
    connection, count = http.client.HTTPConnection("127.0.0.1", port), 0
    while time.monotonic() < until:
        _ask(connection, path, cookie)
        count += 1
    return count


def _ask(connection: http.client.HTTPConnection, path: str, cookie: str) -> None:
    connection.request("GET", path, headers={"Cookie": cookie})
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        raise ConnectionError(f"{path} answered {response.status}.")


@contextmanager
def _served(application: str) -> Iterator[int]:
    port = _free_port()
    command = [
        str(Path(sys.executable).parent / "gunicorn"), application, "--preload",
        "--no-control-socket", "--workers", str(WORKERS), "--bind", f"127.0.0.1:{port}",
        "--access-logfile", os.devnull, "--log-level", "warning",
    ]  # fmt: skip
    server = subprocess.Popen(command)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(port: int, seconds: int = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as tried:
            if not tried.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    raise TimeoutError(f"Nothing answers at port {port}.")
