"""Making an archive: whole, on the disk and read again, or not there at all."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import connection, connections

from documents.models import Removal, StoredFile
from documents.storage import FileDamaged, read
from house import clock
from mou_portal.backups.checking import check
from mou_portal.backups.manifest import Manifest, audit_head_of, migrations_of, rows_of
from mou_portal.backups.members import DATABASE, FILES, MANIFEST, SUMS, Writer
from mou_portal.backups.programs import Failed
from mou_portal.backups.snapshot import snapshot
from mou_portal.backups.sums import SummedFile, Unfit
from mou_portal.database_roles import as_owner
from mou_portal.environment import env

# One name, under a lock: what a killed run left is overwritten by the next one.
UNFINISHED: Final = ".unfinished-back-up"


@dataclass(frozen=True)
class Made:
    path: Path
    size: int
    manifest: Manifest


def make(folder: Path) -> Made:
    """An archive of the portal as it is now, in this folder, checked. Raises Failed.

    A stored file that is missing or damaged is named in the manifest; the others are all there.
    """
    try:
        with _alone_in(folder), as_owner():
            return _make(folder)
    except OSError as problem:
        raise Failed(f"{problem.filename or folder}: {problem.strerror}.") from problem


def _make(folder: Path) -> Made:
    unfinished, dump, sums = (folder / f"{UNFINISHED}{end}" for end in (".tar", ".dump", ".sums"))
    try:
        for each in (unfinished, dump, sums):
            os.close(os.open(each, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        manifest = _write(unfinished, dump, sums)
        _check_what_is_on_the_disk(unfinished, manifest)
        path = folder / f"mou-portal-{manifest.made_at:%Y-%m-%dT%H%M%SZ}.tar"
        unfinished.replace(path)
        _write_listing(folder)
    finally:
        for each in (unfinished, dump, sums):
            each.unlink(missing_ok=True)
    return Made(path, path.stat().st_size, manifest)


def _write(archive: Path, dump: Path, sums: Path) -> Manifest:
    """The rows first: a file is stored before the row that names it, and never changes or goes."""
    made_at = clock.now()
    with archive.open("wb") as file, sums.open("w+b") as listed, snapshot(dump) as alias:
        summed = SummedFile(file)
        writer = Writer(summed, made_at, listed)
        with dump.open("rb") as content:
            writer.add(DATABASE[connection.vendor], content, dump.stat().st_size)
        files, missing = _add_files(writer, alias)
        listed.seek(0)
        listing = writer.add(SUMS, listed, sums.stat().st_size)
        seq, head = audit_head_of(alias)
        manifest = Manifest(
            made_at=made_at,
            portal_version=env.str("PORTAL_VERSION", default=""),
            database=connection.vendor,
            database_version=_version_of(alias),
            migrations=migrations_of(alias),
            rows=rows_of(alias),
            audit_seq=seq,
            audit_head=head,
            files=files,
            files_missing=missing,
            sums=listing,
        )
        writer.add_bytes(MANIFEST, manifest.model_dump_json(indent=1).encode())
        writer.finish()
        summed.finish()
    return manifest


def _add_files(writer: Writer, alias: str) -> tuple[int, list[str]]:
    """Every file that a row of the snapshot names; how many, and which could not be read. What was
    removed for good is not missing."""
    added, missing = 0, []
    kept = StoredFile.objects.using(alias).filter(removal=None)
    for row in kept.order_by("pk").iterator(chunk_size=500):
        name = f"{FILES}{row.key.hex[:2]}/{row.key.hex}"
        try:
            data = read(row)
        except (FileDamaged, OSError):
            # One that was removed for good meanwhile is not missing.
            if not Removal.objects.filter(file=row.pk).exists():
                missing.append(name)
            continue
        writer.add_bytes(name, data)
        added += 1
    return added, missing


def _check_what_is_on_the_disk(archive: Path, manifest: Manifest) -> None:
    with archive.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            # Read from the disk, and not from what the system still has in its memory.
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        try:
            found = check(file)
        except Unfit as problem:
            raise Failed(f"The archive was read again, and is unfit: {problem}") from None
    if found.manifest != manifest:
        raise Failed("The archive was read again, and its manifest differs.")


def _version_of(alias: str) -> str:
    return ".".join(str(part) for part in connections[alias].get_database_version())


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    with (folder / f"{UNFINISHED}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failed(f"Another back-up into {folder} is at work.") from None
        yield


def _write_listing(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    listing = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(listing)
    finally:
        os.close(listing)
