"""A release that was kept: what lies in its folder, and how it is set up to run again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg2

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).parent
DATA, DUMP, EXPECTED = "data.zip", "postgres.sql", "expected.json"
# Known to everybody, as everything in the folder is: they keep nothing secret.
KEYS = {
    "AUDIT_KEY": "of-the-kept-releases-and-of-nothing-else-0123456789",
    "SECRET_KEY": "of-the-kept-releases-and-of-nothing-else-9876543210",
}


def releases() -> list[Path]:
    return sorted(path.parent for path in FOLDER.glob(f"*/{EXPECTED}"))


def expected_of(release: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((release / EXPECTED).read_text(encoding="utf-8"))
    return found


def unpack(release: Path, into: Path) -> None:
    """Its working folder (VAR_FOLDER): the SQLite database, the stored files, the seal."""
    with zipfile.ZipFile(release / DATA) as data:
        data.extractall(into)


def environment(folder: Path, database_url: str = "") -> dict[str, str]:
    """The settings of a portal on that folder, and on its own SQLite database if none is given."""
    return (
        {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ}
        | KEYS
        | {
            "MODE": "test",
            "DJANGO_SETTINGS_MODULE": "mou_portal.settings",
            "VAR_FOLDER": str(folder),
            "DATABASE_URL": database_url or f"sqlite:///{folder / 'portal.sqlite3'}",
            "SEAL_CERTIFICATE": str(folder / "seal" / "certificate.pem"),
            "SEAL_KEY": str(folder / "seal" / "key.pem"),
            "EMAIL_URL": "memorymail://",
            "CELERY_BROKER_URL": "memory://",
        }
    )


def manage(*command: str, settings: dict[str, str]) -> None:
    """`manage.py` as an operator runs it."""
    _python("manage.py", *command, settings=settings)


def examine(asked: dict[str, Any], settings: dict[str, str]) -> dict[str, Any]:
    """What the portal answers, in a process of its own (tests.upgrade.examine)."""
    said = _python("-m", "tests.upgrade.examine", settings=settings, told=json.dumps(asked))
    found: dict[str, Any] = json.loads(said)
    return found


def _python(*command: str, settings: dict[str, str], told: str = "") -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT, env=settings, input=told, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise AssertionError(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


@contextmanager
def postgres_database(server: str, *, filled_with: str = "") -> Iterator[str]:
    """A database of that server, and its URL, for the block. `server` is a URL with any path."""
    name = f"kept_release_{uuid4().hex[:12]}"
    url = f"{server.rsplit('/', 1)[0]}/{name}"
    _run(f"{server.rsplit('/', 1)[0]}/postgres", f'CREATE DATABASE "{name}"')
    try:
        if filled_with:
            _run(url, filled_with)
        yield url
    finally:
        _run(f"{server.rsplit('/', 1)[0]}/postgres", f'DROP DATABASE "{name}" WITH (FORCE)')


def _run(url: str, sql: str) -> None:
    """One connection for it: a dump empties its session's search path."""
    at = urlsplit(url)
    connection = psycopg2.connect(
        host=at.hostname, port=at.port or 5432, user=at.username, password=at.password,
        dbname=at.path.strip("/"),
    )  # fmt: skip
    with closing(connection):
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql)
