"""The web server as docker-compose.yml starts it, with a database that does not answer."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.deployment.compose import PORTAL, ROOT

BY_PROXY = {"Host": "mou-portal.example", "X-Forwarded-Proto": "https"}
LOGGED_IN = {"Cookie": "__Host-session=abcdefghijklmnopqrstuvwxyz012345"}


@dataclass
class Server:
    port: int
    log: Path

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
        """The status and the body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("web")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Server(port, folder / "log")
    command = [
        part.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for part in PORTAL["web"]["command"]
    ]
    environment = os.environ | {
        "MODE": "test",
        "DJANGO_SETTINGS_MODULE": "mou_portal.settings",
        "VAR_FOLDER": str(folder),
        "SITE_URL": "https://mou-portal.example",
        "BEHIND_PROXY": "1",
        "DATABASE_URL": "postgres://portal@127.0.0.1:1/nobody_listens_there",
        "WEB_CONCURRENCY": "1",
        "PATH": f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}",
    }
    with made.log.open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        wait_for(port)
        yield made
        process.terminate()
        process.wait(timeout=40)


def wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except URLError:
            time.sleep(0.2)
    raise TimeoutError("The web server did not start.")


def test_the_process_is_well_and_the_portal_is_not_ready(server: Server) -> None:
    assert server.get("/healthz") == (200, '{"status": "ok"}')
    status, body = server.get("/readyz", LOGGED_IN)
    assert status == 503
    assert json.loads(body)["problems"] == ["The database does not answer."]


def test_a_reader_is_told_in_words(server: Server) -> None:
    status, page = server.get("/agreements/", BY_PROXY | LOGGED_IN)
    assert status == 503
    assert "<h1" in page
    assert "Its database does not answer." in page
    assert "Traceback" not in page


def test_what_comes_without_the_proxy_is_sent_to_https(server: Server) -> None:
    assert server.get("/agreements/", {"Host": "mou-portal.example"})[0] == 301


def test_each_line_of_the_log_is_json_and_says_what_was_asked(server: Server) -> None:
    server.get("/invitation/s3cret/?who=me", BY_PROXY)
    asked = "GET /invitation/…"
    until = time.monotonic() + 10
    while asked not in server.log.read_text() and time.monotonic() < until:
        time.sleep(0.1)  # the line is written after the answer
    lines = [json.loads(line) for line in server.log.read_text().splitlines()]
    assert any(line["message"].startswith(asked) for line in lines)
    assert any("Listening at" in line["message"] for line in lines)
    assert "s3cret" not in server.log.read_text()
    assert "who=me" not in server.log.read_text()
