"""Putting a SQLite database in its place: written beside it, looked at, then renamed."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import Error, connection

from mou_portal.backups.members import Summed
from mou_portal.backups.programs import Failed
from mou_portal.backups.sums import Unfit

# SQLite keeps what is not yet in the file itself in the second, and an index of it in the third.
PARTS: Final = ("", "-wal", "-shm")


def name() -> str:
    return _path().name


def is_empty() -> bool:
    if not _path().exists():
        return True
    return not connection.introspection.table_names()


def require_alone() -> None:
    """Who else has the file open cannot be seen: docs/operations.md says to stop them."""


def fill(content: Summed, digest: str, *, restored_at: datetime, as_of: datetime) -> str:
    """The name under which what was there is kept; empty where nothing was.

    Raises Failed, and Unfit where what was read is not what was checked; nothing is changed then.
    """
    empty, path = is_empty(), _path()
    new = path.with_name(f"{path.name}.unfinished")
    connection.close()
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            content.into(file.write)
        if content.digest != digest:
            raise Unfit("It was changed while it was read.")
        _hold_and_look(new, restored_at, as_of)
        aside = "" if empty else f"{path.name}.before-restore-{restored_at:%Y%m%d-%H%M%S}"
        _move_away(path, aside)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    return aside


def _path() -> Path:
    return Path(connection.settings_dict["NAME"]).absolute()


def _hold_and_look(new: Path, restored_at: datetime, as_of: datetime) -> None:
    """E-mails are held from the moment at which the rows are there."""
    moments = [connection.ops.adapt_datetimefield_value(each) for each in (restored_at, as_of)]
    # Django's connection: constraints use functions that it brings along.
    beside = connection.copy()
    beside.settings_dict |= {"NAME": str(new), "OPTIONS": {}}
    try:
        with closing(beside), beside.cursor() as cursor:
            cursor.execute("INSERT INTO mail_hold (restored_at, as_of) VALUES (%s, %s)", moments)
            (found,) = cursor.execute("PRAGMA integrity_check(1)").fetchone()
    except Error as problem:
        found = str(problem)
    if found != "ok":
        raise Failed(f"The database in the back-up is damaged: {found}.")
    with new.open("rb") as file:
        os.fsync(file.fileno())


def _move_away(path: Path, aside: str) -> None:
    for part in PARTS:
        old = Path(f"{path}{part}")
        if aside and old.exists():
            old.replace(path.with_name(f"{aside}{part}"))
        old.unlink(missing_ok=True)
