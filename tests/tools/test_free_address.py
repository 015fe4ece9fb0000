"""`make run` says at once when its address is taken."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def asked(address: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tools.free_address"],
        cwd=ROOT, env=os.environ | {"BIND": address}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_an_address_that_is_taken_is_said_with_how_to_use_another() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        answer = asked(address)
        assert answer.returncode == 1
        assert f"The portal cannot use {address}: Address already in use." in answer.stderr
        assert "BIND=127.0.0.1:" in answer.stderr
    assert asked(address).returncode == 0


def test_an_address_without_a_port_is_named() -> None:
    assert "Write a host and a port" in asked("localhost").stderr
