"""Many rounds from one stage: after each, the database is as it was at the first.

For tests with transactions of their own. To put back what a round wrote takes a tenth of a second,
where the services take many to bring another agreement to the same stage.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from django.db import connection, connections

from house import once
from tests.put_back import Rows, all_rows, insert


def rounds(number: int) -> Iterator[int]:
    """So many numbers from 0 on. What the last round wrote stays."""
    go_back = _by_file() if connection.vendor == "sqlite" else _by_rows()
    for each in range(number):
        if each:
            go_back()
            once.forget()
        yield each


def _by_rows() -> Callable[[], None]:
    before = all_rows()

    def go_back() -> None:
        now = all_rows()
        changed: Rows = {table: before[table] for table in before if before[table] != now[table]}
        with connection.cursor() as cursor:
            # As a replica the server asks neither triggers nor foreign keys.
            cursor.execute("SET session_replication_role = replica")
            for table in changed:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a name from the database
            insert({table: rows for table, rows in changed.items() if rows[1]})
            cursor.execute("SET session_replication_role = DEFAULT")

    return go_back


def _by_file() -> Callable[[], None]:
    connections.close_all()
    database = Path(connection.settings_dict["NAME"])
    kept = database.with_suffix(".kept")
    _copy(database, kept)

    def go_back() -> None:
        connections.close_all()
        _copy(kept, database)

    return go_back


def _copy(source: Path, target: Path) -> None:
    """As SQLite copies: a process of the crowd may still hold the file that is written over."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)
