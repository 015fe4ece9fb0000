"""The database as it is at one moment: a dump of it, and the same rows to be read beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from django.db import connection, connections, transaction

from mou_portal.backups.manifest import LEFT_OUT
from mou_portal.backups.programs import Program, require_as_new_as

# The connection to the rows of the snapshot.
ALIAS: Final = "back-up"
# What a restore put aside in the same database (`postgresql.py`).
ASIDE: Final = "before_restore_"


@contextmanager
def snapshot(dump: Path) -> Iterator[str]:
    """Writes the dump, and gives the alias of a connection that reads the very same rows.

    Others go on reading and writing meanwhile. Raises Failed.
    """
    with _second_connection() as second:
        make = _of_postgresql if connection.vendor == "postgresql" else _of_sqlite
        with make(second, dump):
            yield ALIAS


@contextmanager
def _second_connection() -> Iterator[Any]:
    """Of its own, so that nothing is read of what a transaction of the caller has not finished."""
    second = connection.copy(ALIAS)
    connections[ALIAS] = second
    try:
        yield second
    finally:
        second.close()
        del connections[ALIAS]


@contextmanager
def _of_postgresql(second: Any, dump: Path) -> Iterator[None]:
    require_as_new_as(second.pg_version // 10_000)
    with transaction.atomic(using=ALIAS), second.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        options = [
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            "--lock-wait-timeout=60s",
            f"--snapshot={cursor.fetchone()[0]}",
            f"--exclude-schema={ASIDE}*",
            *(f"--exclude-table-data={table}" for table in LEFT_OUT),
            f"--file={dump}",
        ]
        Program("pg_dump", options, second).end()
        yield


@contextmanager
def _of_sqlite(second: Any, dump: Path) -> Iterator[None]:
    """SQLite's own way to copy a database that others write to; the copy is one file."""
    live = f"{Path(second.settings_dict['NAME']).absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(live, uri=True)) as source, closing(sqlite3.connect(dump)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA secure_delete = ON")
        for table in LEFT_OUT:
            if copy.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table]).fetchone():
                copy.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
        copy.commit()
        copy.execute("PRAGMA journal_mode = DELETE")
    second.settings_dict["NAME"] = str(dump)
    second.settings_dict["OPTIONS"] = {"init_command": "PRAGMA query_only = ON"}
    yield
