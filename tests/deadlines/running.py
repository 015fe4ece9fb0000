"""Processes of the portal on a test's database that send to a test's mail server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import connection

from tests.mail.sink import Sink

ROOT = Path(__file__).resolve().parents[2]


def environment(sink: Sink, folder: Path) -> dict[str, str]:
    """Another process works on this test's database and sends to this test's server."""
    database = connection.settings_dict
    return os.environ | {
        "MODE": "test",
        "VAR_FOLDER": str(folder),
        "DATABASE_URL": f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/"
        f"{database['NAME']}",
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        "DJANGO_SETTINGS_MODULE": "mou_portal.settings",
    }


@contextmanager
def bell_celery(
    environment: dict[str, str], folder: Path, *parts: str, kills: int = 0, seed: int = 0
) -> Iterator[None]:
    """Workers and beats, once so many beats were killed (tests/deadlines/bell_celery.py)."""
    command = [sys.executable, "-m", "tests.deadlines.bell_celery", str(kills), str(seed), *parts]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        assert wait_until((folder / "killed").exists, 60 + 5 * kills)
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(done: Callable[[], bool], seconds: float = 120) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if done():
            return True
        time.sleep(0.1)
    return False
