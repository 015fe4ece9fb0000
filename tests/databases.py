"""A database for each process of a test run: a copy of one that was migrated once.

To migrate takes twelve seconds, to copy less than one. The migrated one is named after whatever
shapes the tables, made by the process that gets the lock first, and kept for later runs. On one
PostgreSQL server several checkouts and runs may be at work: each process holds a lock on the name
that it took, and what a killed run left behind has none.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from house.triggers import declared

ROOT = Path(__file__).resolve().parent.parent
SHAPING = (
    "*/migrations/*.py",
    "house/triggers.py",
    "deadlines/holidays.py",
    "requirements/*",
    "tests/databases.py",
)
KEPT = 12


@contextmanager
def own_database() -> Iterator[None]:
    """Connects this process to a migrated database of its own, which is dropped at the end."""
    before = connection.settings_dict["NAME"]
    copied = _copied_on_server if connection.vendor == "postgresql" else _copied_file
    with copied() as name:
        _connect_to(name)
        try:
            yield
        finally:
            _connect_to(before)


def _connect_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def _migrate(name: str) -> None:
    """Migrates the database of this name, and disconnects from it: only then can it be copied."""
    before = connection.settings_dict["NAME"]
    _connect_to(name)
    try:
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
    finally:
        _connect_to(before)


def _shape() -> str:
    """Of files, and of what migrations take from the models: triggers, and rights for each."""
    files = sorted(path for pattern in SHAPING for path in ROOT.glob(pattern))
    models = sorted(
        f"{model._meta.label} {model._meta.verbose_name}" for model in apps.get_models()
    )
    named = "\n".join([*models, *sorted(map(repr, declared()))])
    content = b"".join(path.read_bytes() for path in files) + named.encode()
    return hashlib.sha256(content).hexdigest()[:16]


# --- SQLite ---------------------------------------------------------------------------------


@contextmanager
def _copied_file() -> Iterator[str]:
    with TemporaryDirectory(prefix="mou-portal-database-") as folder:
        name = Path(folder) / "test.sqlite3"
        shutil.copy(_migrated_file(), name)
        yield str(name)


def _migrated_file() -> Path:
    folder = Path(settings.STATIC_ROOT).parent / "test-databases"
    folder.mkdir(parents=True, exist_ok=True)
    migrated = folder / f"{_shape()}.sqlite3"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not migrated.exists():
            with TemporaryDirectory(dir=folder) as unfinished:
                _migrate(f"{unfinished}/new.sqlite3")
                Path(unfinished, "new.sqlite3").replace(migrated)
            for outdated in sorted(folder.glob("*.sqlite3"), key=_age)[KEPT:]:
                outdated.unlink()
    return migrated


def _age(file: Path) -> float:
    return -file.stat().st_mtime


# --- PostgreSQL -----------------------------------------------------------------------------


@contextmanager
def _copied_on_server() -> Iterator[str]:
    server = Server()
    try:
        template = server.migrated(f"mou_template_{_shape()}")
        name = server.free_name(f"test_{connection.settings_dict['NAME']}")
        server.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield name
        server.drop(name)
    finally:
        server.close()


class Server:
    """A connection to no database of ours, that holds locks on names until it is closed."""

    def __init__(self) -> None:
        self._connection = connection.copy()
        self._connection.settings_dict["NAME"] = "postgres"
        self.close: Callable[[], None] = self._connection.close

    def run(self, statement: str, *values: str) -> list[tuple[Any, ...]]:
        with self._connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return list(cursor.fetchall()) if cursor.description else []

    def drop(self, name: str) -> None:
        self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def free_name(self, stem: str) -> str:
        """The first name that no process holds. Whoever left a database there was killed."""
        name = next(each for each in (f"{stem}_{n}" for n in count(1)) if self.try_lock(each))
        self.drop(name)
        return name

    def migrated(self, name: str) -> str:
        """The migrated database: one process makes it while the others wait for it."""
        self._lock("mou_template")
        if not self.run("SELECT 1 FROM pg_database WHERE datname = %s", name):
            self._make(name)
            self._drop_outdated()
        # Shared among all that copy it; whoever drops what is old wants it alone.
        self.run("SELECT pg_advisory_lock_shared(hashtextextended(%s, 0))", name)
        self._unlock("mou_template")
        return name

    def _make(self, name: str) -> None:
        """Under another name until it is whole."""
        self.drop(f"{name}_unfinished")
        self.run(f'CREATE DATABASE "{name}_unfinished"')
        _migrate(f"{name}_unfinished")
        self.run(f'ALTER DATABASE "{name}_unfinished" RENAME TO "{name}"')

    def _drop_outdated(self) -> None:
        """All but the youngest, unless somebody's run is at work with it."""
        newest_first = "SELECT datname FROM pg_database WHERE datname ~ %s ORDER BY oid DESC"
        for (name,) in self.run(newest_first, "^mou_template_[0-9a-f]+$")[KEPT:]:
            self.drop_unless_used(name)

    def drop_unless_used(self, name: str) -> None:
        if self.try_lock(name):
            self.drop(name)
            self._unlock(name)  # whoever goes back to that shape makes it again

    def _lock(self, name: str) -> None:
        self.run("SELECT pg_advisory_lock(hashtextextended(%s, 0))", name)

    def _unlock(self, name: str) -> None:
        self.run("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", name)

    def try_lock(self, name: str) -> bool:
        [(taken,)] = self.run("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", name)
        return bool(taken)


# --- Empty ----------------------------------------------------------------------------------


@contextmanager
def empty_database() -> Iterator[None]:
    """Connects this process to a database without tables, which is dropped at the end."""
    before = connection.settings_dict["NAME"]
    made = _empty_on_server if connection.vendor == "postgresql" else _empty_file
    with made() as name:
        _connect_to(name)
        try:
            yield
        finally:
            _connect_to(before)


@contextmanager
def _empty_file() -> Iterator[str]:
    with TemporaryDirectory(prefix="mou-portal-database-") as folder:
        yield str(Path(folder) / "empty.sqlite3")


@contextmanager
def _empty_on_server() -> Iterator[str]:
    server = Server()
    try:
        name = server.free_name(f"{connection.settings_dict['NAME']}_empty")
        server.run(f'CREATE DATABASE "{name}"')
        yield name
        server.drop(name)
    finally:
        server.close()
