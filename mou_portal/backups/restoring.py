"""Restoring an archive: everything is asked before anything is touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from documents.storage import UNFINISHED, folder_of_files, put_back
from house import clock
from house.refusals import Refused
from mou_portal.backups import into_postgresql, into_sqlite
from mou_portal.backups.checking import Checked, check
from mou_portal.backups.manifest import Manifest, audit_head_of, rows_of
from mou_portal.backups.members import FILES, members
from mou_portal.backups.programs import Failed, require
from mou_portal.backups.sums import Unfit
from mou_portal.database_roles import as_owner, give_rights, make_role


@dataclass(frozen=True)
class Restored:
    manifest: Manifest
    # Where the rows are that were there before; empty where there were none.
    aside: str
    # What differs from what the archive says; empty where nothing does.
    differences: list[str]


def restore(archive: BinaryIO, *, replace: str = "") -> Restored:
    """Puts database and files where the settings say, and holds e-mails.

    Into an empty place, unless `replace` is the name of the database that is to be replaced; what
    was there is kept aside. Raises Unfit and Failed; the database is as it was then.
    """
    checked = check(archive)
    with as_owner() as portal:
        _require_place(checked, replace)
        try:
            aside = _put_back(archive, checked)
        except Refused as problem:
            raise Failed(problem.sentence) from None
        except OSError as problem:
            raise Failed(f"The files could not be written: {problem}.") from problem
        if portal:
            make_role(portal["USER"], portal["PASSWORD"])
            give_rights(portal["USER"])
    return Restored(checked.manifest, aside, _differences(checked.manifest))


def _database() -> Any:
    return into_postgresql if connection.vendor == "postgresql" else into_sqlite


# --- Before -----------------------------------------------------------------------------------


def _require_place(checked: Checked, replace: str) -> None:
    _require_fit(checked.manifest)
    database = _database()
    if connection.vendor == "postgresql":
        for program in ("pg_restore", "psql"):
            require(program)
    if replace and replace != database.name():
        raise Failed(f"The database is {database.name()}, not {replace}.")
    if not replace and not database.is_empty():
        raise Failed(
            f"The database {database.name()} is not empty. Restore into an empty one; or, to "
            f"replace this one: --replace {database.name()}"
        )
    others = [] if replace else list(_other_files(checked))
    if others:
        raise Failed(
            f"The folder of files holds {len(others)} that are not of this back-up, "
            f"{others[0]} for one. Restore into an empty folder."
        )
    database.require_alone()


def _require_fit(manifest: Manifest) -> None:
    """Raises Unfit for another kind of database, or one of a newer version of the portal."""
    if manifest.database != connection.vendor:
        raise Unfit(
            f"It holds a {manifest.database} database, and DATABASE_URL names {connection.vendor}."
        )
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in [*loader.disk_migrations, *loader.replacements]}
    if unknown := [each for each in manifest.migrations if each not in known]:
        raise Unfit(
            f"It is of a newer version of the portal ({unknown[0]}). Restore it with that version."
        )


def _other_files(checked: Checked) -> Iterator[str]:
    """What is in the folder and not in the archive; a restore that broke off can go on."""
    folder = folder_of_files()
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != UNFINISHED:
            name = f"{FILES}{path.relative_to(folder).as_posix()}"
            if checked.sums.get(name) != _sum_of(path):
                yield str(path.relative_to(folder))


def _sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


# --- Restoring --------------------------------------------------------------------------------


def _put_back(archive: BinaryIO, checked: Checked) -> str:
    """The files first: without rows that name them they are seen by nobody."""
    restored_at = clock.now()
    for name, content in members(archive):
        if name.startswith(FILES):
            data = content.all()
            if content.digest != checked.sums[name]:
                raise Unfit("It was changed while it was read.")
            put_back(UUID(hex=name.rpartition("/")[2]), data)
    name, content = next(members(archive))
    as_of = checked.manifest.made_at
    aside: str = _database().fill(content, checked.sums[name], restored_at=restored_at, as_of=as_of)
    return aside


def _differences(manifest: Manifest) -> list[str]:
    """The rows of each table as they were counted, and the mark that e-mails are held."""
    found, expected = rows_of("default"), manifest.rows | {}
    expected["mail_hold"] = expected.get("mail_hold", 0) + 1
    different = [
        f"{table} has {found.get(table, 'no')} rows, and had {expected.get(table, 'none')}."
        for table in sorted(found.keys() | expected.keys())
        if found.get(table) != expected.get(table)
    ]
    if audit_head_of("default") != (manifest.audit_seq, manifest.audit_head):
        different.append("The audit ends with another link than when the back-up was made.")
    return different
