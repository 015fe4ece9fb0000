"""Files in the folder that no row names, and so nobody ever sees; with them those that were removed
for good, and came back with an older copy of the folder.

A file is on the disk before its row (`documents.storage.store`): where a process is killed in
between, or the transaction of its row goes back, the file is left. They are listed. Nothing removes
them by itself: beside a database of another day, files that count would look the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from documents.models import StoredFile
from documents.storage import UNFINISHED, folder_of_files
from house import clock

# No row is written as long after its file.
OLD_ENOUGH: Final = timedelta(days=1)


@dataclass(frozen=True)
class Unnamed:
    """A file that no row names; its size in bytes, and since when it is there (aware)."""

    path: Path
    size: int
    stored_at: datetime


def unnamed_files() -> Iterator[Unnamed]:
    """Those that are older than a day, folder by folder (one query for each of the 256)."""
    latest = clock.now() - OLD_ENOUGH
    for number in range(256):
        folder = folder_of_files() / f"{number:02x}"
        # The listing first: a row that is written meanwhile is then found for its file.
        here = {key: path for path in _listed(folder) if (key := _key_of(path))}
        named = _named(number) if here else set()
        for key, path in sorted(here.items()):
            if key not in named and (found := _looked_at(path)) and found.stored_at <= latest:
                yield found


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except FileNotFoundError:
        return []


def _key_of(path: Path) -> str:
    """Its name where it is one of ours, or what a killed writer leaves of such; else nothing."""
    name = path.name.removesuffix(UNFINISHED)
    is_ours = len(name) == 32 and not set(name) - set("0123456789abcdef")
    return path.name if is_ours else ""


def _named(number: int) -> set[str]:
    """The names of the files of one folder that rows name."""
    first = number << 120
    ends = (UUID(int=first), UUID(int=first | (1 << 120) - 1))
    rows = StoredFile.objects.filter(key__range=ends, removal=None).order_by()
    return {key.hex for key in rows.values_list("key", flat=True).iterator()}


def _looked_at(path: Path) -> Unnamed | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return Unnamed(path, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))
